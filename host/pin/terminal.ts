import { inLanguage, type Language } from '@sigill/core';
import { Keys } from './keys.js';
import { refusedLastTries } from './last-tries.js';
import { documentLines } from './document-lines.js';
import type { DistantForm, DistantPrompt, PinAnswer, SecretField } from './prompt.js';
import { type Endings, type TerminalInput, withRawTerminal } from './raw-terminal.js';
import { longestPassword, type PasswordForm } from './password-form.js';
import { type Secret, wipeAll } from './secret.js';
import { typedLine } from './typed-line.js';

/** Gives the sentence for a key of `host/messages`, its placeholders filled. A failure's code is a key too. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export interface TerminalOptions {
  readonly input: TerminalInput;
  readonly output: { write(text: string): unknown };
  readonly say: Say;
  readonly language: Language;
  /** The person's yes, given on the command line, to one of the last tries. */
  readonly lastTries: boolean;
  /** `process`, for giving the terminal back when a signal ends the program. */
  readonly endings: Endings;
}

type NextByte = (signal: AbortSignal) => Promise<number>;

/** Asks at a terminal, without echo: a dot for each character. What fails its check is asked again in place. */
export class TerminalPrompt implements DistantPrompt {
  readonly #options: TerminalOptions;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  async ask(form: DistantForm, signal: AbortSignal): Promise<PinAnswer> {
    const { input, endings, lastTries } = this.#options;
    const refused = refusedLastTries(form, lastTries);
    if (refused !== undefined) throw refused;
    const secrets = new Map<string, Secret>();
    try {
      await withRawTerminal(input, endings, (next) => {
        // Once nothing is echoed any more: who is quick may type at once.
        this.#introduce(form);
        return this.#fill(form, secrets, next, signal);
      });
      return { secrets, agreed: form.lastTries };
    } catch (error) {
      wipeAll(secrets);
      throw error;
    }
  }

  /** Keys that are pressed here meanwhile mean nothing, but for those that cancel. */
  async typeOnReader<T>(
    form: DistantForm,
    signal: AbortSignal,
    present: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { input, output, endings, lastTries, say } = this.#options;
    const refused = refusedLastTries(form, lastTries);
    if (refused !== undefined) throw refused;
    const first = form.fields[0];
    return await withRawTerminal(input, endings, async (next) => {
      this.#introduce(form);
      output.write(`${say(`pin.reader.${form.operation}`, { digits: first === undefined ? '' : digits(first) })}\n`);
      const [left, done] = [new AbortController(), new AbortController()];
      const pressed = cancelPressed(next, done.signal).then(
        () => left.abort(),
        () => undefined,
      );
      try {
        return await present(AbortSignal.any([signal, left.signal]));
      } finally {
        done.abort();
        await pressed;
      }
    });
  }

  /** An empty line leaves the database as it is. */
  async askPassword({ requester, program, isWrong }: PasswordForm, signal: AbortSignal): Promise<Secret | undefined> {
    const { input, output, endings, say } = this.#options;
    output.write(`${say(isWrong ? 'pin.password.wrong' : 'pin.ask.password', { requester, program })}\n`);
    const line = { keys: new Keys(), output, capacity: longestPassword };
    const typed = await withRawTerminal(input, endings, async (next) => {
      // Asked once nothing is echoed any more: who is quick may answer at once.
      output.write(`${say('pin.password', { program })} `);
      return await typedLine({ ...line, next }, signal);
    });
    return typed.length > 0 ? typed : undefined;
  }

  #introduce({ operation, requester, card, fields, atStake, documents }: DistantForm): void {
    const { say, language, output } = this.#options;
    const stake = fields.find(({ pin }) => pin === atStake.pin) ?? fields[0];
    const label = stake === undefined ? atStake.pin : inLanguage(stake.label, language);
    const { triesLeft } = atStake;
    const facts = { requester, label, card: inLanguage(card.label, language), reader: card.reader };
    const lines = [
      ...(documents === undefined
        ? [say(`pin.ask.${operation}`, facts)]
        : documentLines(documents, (key, values) => say(key, { ...facts, ...values }))),
      ...(operation === 'activate' ? [say('pin.ask.think')] : []),
      triesLeft === undefined ? say('pin.tries.unknown') : say('pin.tries', { triesLeft }),
      say('pin.ask.started'),
    ];
    output.write(`${lines.join('\n')}\n`);
  }

  async #fill(form: DistantForm, typed: Map<string, Secret>, next: NextByte, signal: AbortSignal): Promise<void> {
    const keys = new Keys();
    const { say, output } = this.#options;
    for (let at = 0; at < form.fields.length;) {
      const field = form.fields[at];
      if (field === undefined) return;
      typed.set(field.name, await this.#line(field, keys, next, signal));
      const found = await form.check(field.name, typed);
      if (found === undefined) {
        if (field.kind === 'again' && repeats(field, typed)) output.write(`${say('pin.advice.same')}\n`);
        at += 1;
        continue;
      }
      output.write(`${say(found.code, found.facts as Record<string, string | number>)}\n`);
      drop(typed, field.name);
      // Either of the two may be the slip, so both are asked again.
      if (found.code === 'secret-differs') {
        at -= 1;
        drop(typed, `new:${field.pin}`);
      }
    }
  }

  /** Asks for one field. Fails with `cancelled`. */
  async #line(field: SecretField, keys: Keys, next: NextByte, signal: AbortSignal): Promise<Secret> {
    const { say, language, output } = this.#options;
    output.write(
      `${say(`pin.field.${field.kind}`, { label: inLanguage(field.label, language), digits: digits(field) })} `,
    );
    return await typedLine({ keys, next, output }, signal);
  }
}

/** Resolves when a key that cancels is pressed. Fails with `cancelled` when `signal` aborts. */
async function cancelPressed(next: NextByte, signal: AbortSignal): Promise<void> {
  const keys = new Keys();
  while (keys.read(await next(signal))?.kind !== 'cancel');
}

function digits({ minLength, maxLength }: SecretField): string {
  return minLength === maxLength ? `${minLength}` : `${minLength}–${maxLength}`;
}

/** True when the new value equals another new one in the form. */
function repeats(field: SecretField, typed: ReadonlyMap<string, Secret>): boolean {
  const mine = typed.get(`new:${field.pin}`);
  return [...typed].some(
    ([name, secret]) => name.startsWith('new:') && secret !== mine && mine !== undefined && secret.equals(mine),
  );
}

function drop(typed: Map<string, Secret>, name: string): void {
  typed.get(name)?.wipe();
  typed.delete(name);
}
