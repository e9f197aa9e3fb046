import { type Disposable, Failure, failureData } from '@sigill/core';
import { type Observable, Subject } from 'rxjs';
import { sameArguments } from './action.js';
import { type Activity, isUnderWay } from './activity.js';
import type { Asking } from './asking.js';

/** What an activity is, before it runs. */
export type Started = Omit<Activity, 'id' | 'state'>;
/** What it tells while it runs, or at its end. */
export type Told = Partial<Pick<Activity, 'progress' | 'messages' | 'own' | 'results'>>;

/** Finished ones that are kept until somebody dismisses them; older ones go. */
const mostFinished = 20;
const mostRunning = 32;

/** What runs and what has run, until it is dismissed. */
export class Activities {
  /** Each at its end; what happens, without replay. */
  readonly ended: Observable<Activity>;
  readonly #ends = new Subject<Activity>();
  readonly #changed: () => void;
  readonly #running = new Map<string, AbortController>();
  #all: readonly Activity[] = [];
  #last = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.ended = this.#ends.asObservable();
  }

  get all(): readonly Activity[] {
    return this.#all;
  }

  /**
   * Starts `work` and follows it to its end, which is told in the activity. The same that runs already is not started again.
   * Fails with `call-invalid` when too much runs.
   */
  start(what: Started, work: (signal: AbortSignal, tell: (told: Told) => void) => Promise<Told>): void {
    const { command, args } = what;
    const under = this.#all.filter(isUnderWay);
    if (under.some((one) => one.command === command && sameArguments(one.args, args))) return;
    if (under.length >= mostRunning) throw new Failure('call-invalid', { call: command, why: 'too much runs already' });
    const id = String((this.#last += 1));
    const cancelling = new AbortController();
    this.#running.set(id, cancelling);
    // What was told of the same before is no longer news.
    const rest = this.#all.filter(
      (one) => isUnderWay(one) || one.command !== command || !sameArguments(one.args, args),
    );
    this.#all = [...rest, { ...what, id, state: 'running' }];
    this.#changed();
    const end = (told: Partial<Activity>): void => {
      this.#running.delete(id);
      this.#change(id, told);
      const ended = this.#all.find((one) => one.id === id);
      if (ended) this.#ends.next(ended);
    };
    work(cancelling.signal, (told) => this.#change(id, told)).then(
      (told) => end({ ...told, state: 'done' }),
      (error: unknown) => end({ failure: failureData(error), state: 'failed' }),
    );
  }

  /** Adds one that is at its end already: something to be told. */
  tell(what: Started): void {
    this.#all = [...this.#all, { ...what, id: String((this.#last += 1)), state: 'done' }];
    this.#changed();
  }

  /** A program outside waits for the person, whom its question was shown on a page of its own; gone when it no longer does. */
  ask({ address, reader, requester }: Asking): Disposable {
    const id = String((this.#last += 1));
    this.#all = [
      ...this.#all,
      {
        id,
        command: 'host.asked',
        args: {},
        title: { key: 'activity.asked.program.title' },
        state: 'waiting',
        asker: requester,
        ...(reader === undefined ? {} : { reader }),
        ...(address === undefined ? {} : { pinPage: address }),
      },
    ];
    this.#changed();
    return { dispose: () => this.dismiss(id) };
  }

  /** One of them waits for the person, or no longer. */
  wait(id: string, waiting: boolean, pinPage?: string, asks?: Activity['asks']): void {
    const { pinPage: _before, asks: _asked, ...rest } = this.#all.find((one) => one.id === id) ?? {};
    if (!this.#running.has(id)) return;
    const state = waiting ? 'waiting' : 'running';
    this.#replace(id, { ...rest, state, ...(pinPage && { pinPage }), ...(asks && { asks }) } as Activity);
  }

  /** Asks it to end; what the card does already is not cut off. */
  cancel(id: string): void {
    this.#running.get(id)?.abort();
  }

  /** Forgets one that has ended. */
  dismiss(id: string): void {
    if (this.#running.has(id)) return;
    this.#all = this.#all.filter((one) => one.id !== id);
    this.#changed();
  }

  #change(id: string, told: Partial<Activity>): void {
    const before = this.#all.find((one) => one.id === id);
    if (before) this.#replace(id, { ...before, ...told });
  }

  #replace(id: string, now: Activity): void {
    const all = this.#all.map((one) => (one.id === id ? now : one));
    const old = all.filter((one) => !isUnderWay(one)).slice(0, -mostFinished);
    this.#all = all.filter((one) => !old.includes(one));
    this.#changed();
  }
}
