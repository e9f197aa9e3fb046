import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder } from '../installed.js';
import type { StatusIcon } from '../window/view/status-icon.js';

/** A picture of `size` by `size` pixels, ARGB32 in network byte order. */
export interface Pixmap {
  readonly size: number;
  readonly argb: Uint8Array;
}

/** Pixels; the same list as in render-icons.mjs. */
export const iconSizes = [16, 22, 24, 32, 48, 64] as const;

/** The tray's icons as the build has drawn them. Each is read when it is first shown. */
export class IconFiles {
  readonly #folder: string;
  readonly #pixmaps = new Map<StatusIcon, readonly Pixmap[]>();
  readonly #files = new Map<string, Uint8Array>();

  constructor(folder: string = drawnIcons) {
    this.#folder = folder;
  }

  /** All sizes of an icon, the smallest first. */
  pixmaps(icon: StatusIcon): readonly Pixmap[] {
    let pixmaps = this.#pixmaps.get(icon);
    if (pixmaps === undefined) {
      pixmaps = iconSizes.map((size) => ({ size, argb: this.#read(`${icon}-${size}.argb`) }));
      this.#pixmaps.set(icon, pixmaps);
    }
    return pixmaps;
  }

  /** The largest PNG of an icon, as a file that others may read. */
  path(icon: StatusIcon): string {
    return join(this.#folder, `${icon}-64.png`);
  }

  /** An icon as a file: `.ico` for Windows, PNG elsewhere. */
  file(icon: StatusIcon, platform: string): Uint8Array {
    return this.#read(platform === 'win32' ? `${icon}.ico` : `${icon}-64.png`);
  }

  #read(name: string): Uint8Array {
    const bytes = this.#files.get(name) ?? readFileSync(join(this.#folder, name));
    this.#files.set(name, bytes);
    return bytes;
  }
}

const drawnIcons = join(builtFolder, 'tray/icons');
