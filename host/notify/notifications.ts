import type { Disposable } from '@sigill/core';
import { NEVER, type Observable } from 'rxjs';
import type { StatusIcon } from '../window/view/status-icon.js';

/** Something that a person is told while they look elsewhere. Others may see it too, on a locked screen: no holder, no code. */
export interface Notice {
  /** What it is about: a newer one with the same key takes its place. */
  readonly key: string;
  readonly icon: StatusIcon;
  readonly title: string;
  /** Plain text. */
  readonly text: string;
  /** What a press on it does. */
  readonly action: string;
  /** Where the window opens then. */
  readonly place: string;
}

/** The desktop's notifications. */
export interface Notifications extends Disposable {
  /** Places of notices that the person has chosen; what happens, without replay. */
  readonly chosen: Observable<string>;
  /** True when the desktop took it. Never fails. */
  show(notice: Notice): Promise<boolean>;
  /** Takes one back that is no longer true. */
  withdraw(key: string): void;
}

/** A desktop without notifications. */
export const silentNotifications: Notifications = {
  chosen: NEVER,
  show: () => Promise.resolve(false),
  withdraw: () => undefined,
  dispose: () => undefined,
};
