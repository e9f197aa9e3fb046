import type { Disposable } from '@sigill/core';
import type { Activities } from './activities.js';
import type { Activity } from './activity.js';
import type { Asking } from './asking.js';

/** The activity that the person is being asked for: the one of that plugin with that card, or one of its own where a program outside asks. */
export class AskedActivity {
  readonly #activities: Activities;
  readonly #requester: (plugin: string | undefined) => string;
  #asked: string | undefined;
  #outside: Disposable | undefined;

  /** `requester` is what the person is told of who asks for a plugin. */
  constructor(activities: Activities, requester: (plugin: string | undefined) => string) {
    this.#activities = activities;
    this.#requester = requester;
  }

  /** Marks it as waiting, and the one before as going on. */
  show(now: Asking | undefined): void {
    if (this.#asked !== undefined) this.#activities.wait(this.#asked, false);
    this.#outside?.dispose();
    this.#outside = undefined;
    this.#asked = now && this.#find(now)?.id;
    if (now === undefined) return;
    if (this.#asked === undefined) this.#outside = this.#activities.ask(now);
    else this.#activities.wait(this.#asked, true, now.address, now.operation === 'password' ? 'password' : undefined);
  }

  #find({ reader, requester }: Asking): Activity | undefined {
    const running = this.#activities.all.filter(({ state }) => state === 'running');
    const here = running.filter((one) => one.reader === reader);
    const isAsker = ({ plugin }: Activity): boolean => this.#requester(plugin) === requester;
    // A command that chooses the card itself began without naming one.
    return here.find(isAsker) ?? running.find((one) => one.reader === undefined && isAsker(one)) ?? here[0];
  }
}
