import type { Disposable } from '@sigill/core';
import type { Observable } from 'rxjs';
import type { StatusIcon } from '../window/view/status-icon.js';

/** An entry of the tray's menu. */
export type MenuItem =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'item';
      /** Comes back in `chosen`. */
      readonly id: string;
      readonly label: string;
      readonly enabled: boolean;
      /** For a choice among several: which one it is. */
      readonly checked?: boolean;
    }
  | {
      readonly kind: 'menu';
      /** What it is about, whatever it says at the moment. */
      readonly id: string;
      readonly label: string;
      readonly items: readonly MenuItem[];
    };

/** What the tray shows at one moment. */
export interface TrayView {
  readonly icon: StatusIcon;
  /** Reader, card and state, a line each. */
  readonly tooltip: string;
  readonly menu: readonly MenuItem[];
}

/** An icon in the desktop's panel. Shows each view within 100 ms. */
export interface Tray extends Disposable {
  /** `waiting` while the desktop has no place for it (no StatusNotifierWatcher): what is, replays the last. */
  readonly presence: Observable<'waiting' | 'shown'>;
  /** The person clicked the icon. */
  readonly activated: Observable<void>;
  /** Ids of chosen items. */
  readonly chosen: Observable<string>;
  /** What was chosen in a menu from before and is not offered any more, as that menu had it. Nothing is to happen. */
  readonly missed: Observable<string>;
  show(view: TrayView): void;
}
