/** How many places are worth a line in the log. */
const most = 3;

/** An error's message with the places in the plugin's own files that it came through, the innermost first; those of Node.js and of packages are left out. */
export function whereItFailed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const places = (error.stack ?? '')
    .split('\n')
    .map((line) => /^\s+at (?:.*\()?((?:file:\/\/|\/|[A-Z]:).*?:\d+:\d+)\)?$/.exec(line)?.[1])
    .filter((place): place is string => place !== undefined && !place.includes('/node_modules/') && !isOurs(place));
  return [`${error.name}: ${error.message}`, ...places.slice(0, most)].join(' at ');
}

const own = new URL('.', import.meta.url).href;

const isOurs = (place: string): boolean => place.startsWith(own);
