import type { WindowView } from '../view/window-view.js';
import { isCurrentWish } from './place.js';

const seenWish = 'sigill.wish';

/** Where the host asks the window to go: each wish once in a tab, also across its reloads. */
export function newWish(view: WindowView): string | undefined {
  const { wish } = view;
  if (wish === undefined || wish.number <= Number(sessionStorage.getItem(seenWish) ?? -1)) return undefined;
  sessionStorage.setItem(seenWish, String(wish.number));
  return isCurrentWish(view, wish.place) ? wish.place : undefined;
}
