import type { TrustAnchor } from '@sigill/core';
import { mostBytes } from '@sigill/core';
import type { TrustPage } from './call-data.js';

/** As many anchors from `from` on as one message has room for. */
export function trustPage(all: readonly TrustAnchor[], from: number): TrustPage {
  let size = 0;
  let next = from;
  for (; next < all.length; next += 1) {
    size += (all[next]?.der.length ?? 0) + 64;
    if (size > mostBytes && next > from) break;
  }
  return { anchors: all.slice(from, next), ...(next < all.length ? { next } : {}) };
}
