import type { Cards, CommandArguments, CommandResult, Log, Message, Panels, Programs } from '@sigill/core';
import { cardsNow } from './cards-now.js';
import { type PanelFacts, panelElements } from './panel-elements.js';
import { placeOf, saidIn } from '../place.js';
import { type Report, shortly } from './report.js';
import { isRoot, wishFor } from './wish.js';
import { ProfileWords, wishWords } from './words.js';

export const panelId = 'email.set-up';

/** The set-up in the window: what would be changed, as it is now, and what came of what was done last. */
export class SetUpPanel {
  readonly #panels: Panels;
  readonly #programs: Programs;
  readonly #cards: Cards;
  readonly #log: Log;
  #report: readonly Message[] | undefined;
  /** What runs for a terminal: nobody there waits for the panel, which looks at the same files. */
  #elsewhere: Promise<unknown> = Promise.resolve();
  #drawing = false;
  #again = false;
  /** How often it was looked at how things are, and the latest look that is shown. */
  #looks = 0;
  #shown = 0;

  constructor(panels: Panels, programs: Programs, cards: Cards, log: Log) {
    this.#panels = panels;
    this.#programs = programs;
    this.#cards = cards;
    this.#log = log;
  }

  /** Draws it as things are now, soon: while it is being drawn it is drawn once more. */
  show(): void {
    this.#again = true;
    if (!this.#drawing) void this.#draw();
  }

  /**
   * Awaits a command. One that was started in the window leaves its whole report here, and says shortly what came of it once the panel
   * shows how things are after it: what the person sets then is not drawn anew under their hand.
   */
  async told(report: Report, args: CommandArguments, work: Promise<CommandResult>): Promise<CommandResult> {
    if (placeOf(args) === 'window') return await this.#toldHere(report, work);
    this.#elsewhere = Promise.allSettled([this.#elsewhere, work]);
    try {
      return await work;
    } finally {
      this.show();
    }
  }

  async #toldHere(report: Report, work: Promise<CommandResult>): Promise<CommandResult> {
    this.#report = undefined;
    try {
      const result = await work;
      this.#report = result.messages;
      return { ...result, messages: shortly(report, result) };
    } finally {
      await this.#drawNow().catch(this.#warn);
    }
  }

  async #draw(): Promise<void> {
    this.#drawing = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#elsewhere;
        await this.#drawNow();
      }
    } catch (error) {
      this.#warn(error);
    } finally {
      this.#drawing = false;
    }
  }

  /** Shows how things are, unless a later look is shown already. */
  async #drawNow(): Promise<void> {
    const look = (this.#looks += 1);
    const facts = await this.#look();
    if (look < this.#shown) return;
    this.#shown = look;
    await this.#panels.show(panelId, panelElements({ ...facts, report: this.#report }));
  }

  #warn = (error: unknown): void => this.#log.warn(`The panel: ${String(error)}`);

  async #look(): Promise<PanelFacts> {
    const [profiles, found] = await Promise.all([this.#programs.profiles(), cardsNow(this.#cards)]);
    // As if the person had confirmed all that there are: each can be confirmed below, and only then is it added.
    const roots = found.flatMap(({ authorities }) => authorities).filter(isRoot);
    const wish = wishFor(
      profiles,
      found,
      roots.map(({ sha256 }) => sha256),
      new Date(),
    );
    const { done, left } = await this.#programs.plan(wish.wish);
    const words = new ProfileWords(profiles);
    const messages: readonly Message[] = [
      ...(profiles.length > 0 && done.length === 0 && left.length === 0 ? [{ key: 'email.plan.nothing' }] : []),
      ...done.map((change) => words.change(change, change.kind === 'authority' ? 'if' : 'plan')),
      ...left.map((one) =>
        one.why === 'running' ? { key: 'email.waiting', values: { where: words.where(one.profile) } } : words.left(one),
      ),
      ...(profiles.length > 0 && found.length === 0 ? [{ key: 'email.no-card' }] : []),
      ...wishWords({ ...wish, unconfirmed: [] }),
    ];
    const lacking = new Set(done.flatMap((one) => (one.kind === 'authority' ? [one.sha256.toLowerCase()] : [])));
    const waiting = left.some(({ why }) => why === 'running');
    const authorities = roots.filter(({ sha256 }) => waiting || lacking.has(sha256.toLowerCase()));
    return { profiles, plan: saidIn('window', messages), isLacking: done.length > 0 || waiting, authorities };
  }
}
