import { type Disposable, type Language, languages, type SettingValue } from '@sigill/core';
import { BehaviorSubject, type Observable } from 'rxjs';
import { isObject, type JsonObject, type SettingsFile } from './settings-file.js';

export const themes = ['light', 'dark'] as const;

/** Colours of the window and of the code page. */
export type Theme = (typeof themes)[number];

/** What the person has chosen; what they have not is not there. */
export interface Chosen {
  readonly language?: Language;
  /** Absent: as the desktop has it. */
  readonly theme?: Theme;
  readonly autostart?: boolean;
  /** True: *Sign PDF document* stands in the menus of file managers. */
  readonly fileMenu?: boolean;
  /** False: the window does not open by itself for a card that needs activation. */
  readonly openByItself?: boolean;
  /** False: signatures are not written down. */
  readonly journal?: boolean;
  /** A file with further certificates that chains may end at. */
  readonly trustFile?: string;
  /** False: nothing is told by notifications of the desktop. */
  readonly notifications?: boolean;
  /** False: the card is not served to other programs (PKCS #11). */
  readonly pkcs11?: boolean;
  /** How to get a tray was told once. */
  readonly trayTold?: boolean;
  readonly plugins: Readonly<Record<string, ChosenForPlugin>>;
}

/** Choices of the host's own. */
export type Choice = { readonly [K in Exclude<keyof Chosen, 'plugins'>]?: Chosen[K] | undefined };

export interface ChosenForPlugin {
  readonly disabled?: boolean;
  readonly values?: Readonly<Record<string, SettingValue>>;
}

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

/** What can be used of the file; a value of another type is as if it were not there. */
function chosenIn(content: JsonObject): Chosen {
  const { language, theme, autostart, fileMenu, openByItself, notifications, journal } = content;
  const { trustFile, pkcs11, trayTold, plugins } = content;
  const knownLanguage = languages.find((known) => known === language);
  const knownTheme = themes.find((known) => known === theme);
  return {
    ...(knownLanguage === undefined ? {} : { language: knownLanguage }),
    ...(knownTheme === undefined ? {} : { theme: knownTheme }),
    ...(typeof autostart === 'boolean' ? { autostart } : {}),
    ...(typeof fileMenu === 'boolean' ? { fileMenu } : {}),
    ...(typeof journal === 'boolean' ? { journal } : {}),
    ...(typeof trustFile === 'string' ? { trustFile } : {}),
    ...(typeof openByItself === 'boolean' ? { openByItself } : {}),
    ...(typeof notifications === 'boolean' ? { notifications } : {}),
    ...(typeof pkcs11 === 'boolean' ? { pkcs11 } : {}),
    ...(trayTold === true ? { trayTold } : {}),
    plugins: isObject(plugins)
      ? Object.fromEntries(Object.entries(plugins).flatMap(([name, chosen]) => forPlugin(name, chosen)))
      : {},
  };
}

function forPlugin(name: string, chosen: unknown): readonly (readonly [string, ChosenForPlugin])[] {
  if (!isObject(chosen) || name === '__proto__') return [];
  const { disabled, values } = chosen;
  const usable = isObject(values) ? Object.entries(values).filter(([, value]) => isSettingValue(value)) : [];
  return [[name, { ...(disabled === true ? { disabled } : {}), values: Object.fromEntries(usable) as never }]];
}

function isSettingValue(value: unknown): value is SettingValue {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
