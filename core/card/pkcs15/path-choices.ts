import type { CardApplication } from './application.js';

const root = '3f00';

/**
 * How a path of a directory may be selected, in the order to try. Cards differ in where P1=08 starts: from the root
 * (ISO 7816-4 §11.2.2) or below the selected application (cards.md §1.3, §2.4).
 */
export function pathChoices(path: string, { aid, path: own = '' }: CardApplication): readonly string[] {
  const application = own.startsWith(root) ? own.slice(root.length) : own;
  if (!path.startsWith(root)) return unique([path, application && application + path, byName(aid, path)]);
  const below = path.slice(root.length);
  const inside = application !== '' && below.startsWith(application) ? below.slice(application.length) : '';
  return unique([below, path, inside, byName(aid, inside)]);
}

// Selecting by name first leads to files right below the application only.
const byName = (aid: string, path: string): string => (path.length === 4 ? `df:${aid}/${path}` : '');

const unique = (paths: readonly string[]): readonly string[] => [...new Set(paths.filter((path) => path !== ''))];
