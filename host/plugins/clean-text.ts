// C0, DEL and C1 steer a terminal; the bidirectional marks (Unicode TR 9) make a line read otherwise than it is.
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text from a plugin with what could steer a terminal or deceive the eye made visible as U+FFFD; tabs and line feeds stay. */
export function cleanText(text: string): string {
  return text.replace(steering, '\ufffd');
}

/** The same for one line: line feeds become spaces, and what is longer than `longest` is cut. */
export function cleanLine(text: string, longest: number): string {
  const line = cleanText(text.slice(0, longest)).replaceAll('\n', ' ').trimEnd();
  return text.length > longest ? `${line}…` : line;
}
