import type { Disposable } from '@sigill/core';
import { BehaviorSubject, type Observable } from 'rxjs';
import { type Choice, type Chosen, type ChosenForPlugin, chosenIn } from './chosen.js';
import { isObject, type JsonObject, type SettingsFile } from './settings-file.js';

type Change = (content: JsonObject) => JsonObject;

/** The person's settings, kept in a file that other processes of theirs write too: each changes what it was asked to, and nothing else. */
export class Settings {
  /** What is, replaying. Never errors. */
  readonly chosen: Observable<Chosen>;
  readonly #file: SettingsFile;
  readonly #now: BehaviorSubject<Chosen>;
  /** Changes that are not written yet, or could not be: they count until the end. */
  #unwritten: readonly Change[] = [];
  #content: JsonObject;

  constructor(file: SettingsFile, broken?: (why: string) => void) {
    this.#file = file;
    this.#content = file.read(broken);
    this.#now = new BehaviorSubject(chosenIn(this.#content));
    this.chosen = this.#now.asObservable();
  }

  get now(): Chosen {
    return this.#now.value;
  }

  /**
   * Takes in a choice of the host's own at once, and keeps it; `undefined` takes one back. Fails with `file-unwritable`; the choice
   * counts all the same.
   */
  choose(choice: Choice): Promise<void> {
    return this.#take((content) => {
      const whole = Object.entries({ ...content, ...choice });
      return Object.fromEntries(whole.filter(([, value]) => value !== undefined));
    });
  }

  /** The same for a plugin; `values` are added to those that it has. */
  chooseForPlugin(name: string, { disabled, values }: ChosenForPlugin): Promise<void> {
    return this.#take((content) => {
      const plugins = isObject(content['plugins']) ? content['plugins'] : {};
      const before = isObject(plugins[name]) ? plugins[name] : {};
      const known = isObject(before['values']) ? before['values'] : {};
      const now = {
        ...before,
        ...(disabled === undefined ? {} : { disabled }),
        ...(values === undefined ? {} : { values: { ...known, ...values } }),
      };
      return { ...content, plugins: { ...plugins, [name]: now } };
    });
  }

  /** Takes in what other processes choose, until given back. */
  follow(): Disposable {
    return this.#file.watch(() => this.#look());
  }

  #look(): void {
    const found = this.#file.look();
    if (found !== undefined) this.#show(this.#withUnwritten(found));
  }

  async #take(change: Change): Promise<void> {
    this.#unwritten = [...this.#unwritten, change];
    // Told in any case: what the choice is about may have changed without it.
    this.#tell(change(this.#content));
    let taken: readonly Change[] = [];
    const make: Change = (now) => {
      taken = this.#unwritten;
      return this.#withUnwritten(now);
    };
    const written = await this.#file.change(make, this.#content);
    // More may have been chosen since; what is written twice stays as it is.
    this.#unwritten = this.#unwritten.filter((one) => !taken.includes(one));
    this.#show(this.#withUnwritten(written));
  }

  #withUnwritten(content: JsonObject): JsonObject {
    return this.#unwritten.reduce((changed, change) => change(changed), content);
  }

  #show(content: JsonObject): void {
    if (JSON.stringify(content) !== JSON.stringify(this.#content)) this.#tell(content);
  }

  #tell(content: JsonObject): void {
    this.#content = content;
    this.#now.next(chosenIn(content));
  }
}
