import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { written } from './written.js';

/** Makes a profile that starts in peace and can be driven; a Firefox is started with `firefoxWords`. */
export function prepareProfile(profile: string): void {
  const preferences = {
    'marionette.port': 0,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.normandy.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'http://127.0.0.1:1/',
  };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
}

/** The arguments of a Firefox that can be driven. */
export const firefoxWords = (profile: string): readonly string[] => [
  ...['--marionette', '--remote-allow-system-access', '--profile', profile],
];

/** Debian's Firefox, driven by its own protocol: a length, a colon, a JSON array (Firefox source docs, Marionette). */
export class Firefox {
  readonly #socket: Socket;
  readonly #answers = new Map<number, (answer: readonly [error: unknown, result: unknown]) => void>();
  #received: Buffer = Buffer.alloc(0);
  #last = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#hear(bytes));
  }

  /** Joins the Firefox that has this profile, as soon as it is up. */
  static async join(profile: string): Promise<Firefox> {
    const socket = connect(Number(await written(profile, 'MarionetteActivePort')), '127.0.0.1');
    await once(socket, 'connect');
    const firefox = new Firefox(socket);
    await firefox.#ask('WebDriver:NewSession');
    return firefox;
  }

  async open(url: string): Promise<void> {
    await this.#ask('WebDriver:Navigate', { url });
  }

  /** Resolves when the page has an element like this, with these words in it. */
  async sees(selector: string, words = ''): Promise<void> {
    await this.#find(selector, words);
  }

  /** Clicks the first such element with these words in it, as a mouse does. */
  async click(selector: string, words = ''): Promise<void> {
    await this.#ask('WebDriver:ElementClick', { id: await this.#find(selector, words) });
  }

  /** Presses the keys of each text in an element of its own, in the order in which they stand. */
  async type(selector: string, ...texts: readonly string[]): Promise<void> {
    for (const [index, text] of texts.entries())
      await this.#ask('WebDriver:ElementSendKeys', { id: await this.#find(selector, '', index), text });
  }

  /** Windows and tabs that are open. */
  windows(): Promise<readonly string[]> {
    return this.#ask('WebDriver:GetWindowHandles');
  }

  /** A window or tab beside this one, as soon as there is one. */
  async another(known: string): Promise<string> {
    for (;;) {
      const found = (await this.windows()).find((one) => one !== known);
      if (found !== undefined) return found;
    }
  }

  async to(handle: string): Promise<void> {
    await this.#ask('WebDriver:SwitchToWindow', { handle, focus: true });
  }

  /** What our pages made Firefox complain about: errors of scripts, refusals, and what they wrote to the console themselves. */
  async complaints(): Promise<readonly string[]> {
    await this.#ask('Marionette:SetContext', { value: 'chrome' });
    const script = `const ours = (from) => /^http:..127[.]0[.]0[.]1/.test(from ?? '');
      const told = Services.console.getMessageArray().filter((one) => one instanceof Ci.nsIScriptError && ours(one.sourceName));
      const written = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage).getEvents();
      return [...told.map((one) => one.errorMessage), ...written.filter((one) => ours(one.filename)).map((one) => one.level + ': ' + one.arguments.join(' '))];`;
    const found = await this.#ask<readonly string[]>('WebDriver:ExecuteScript', {
      script,
      args: [],
      sandbox: 'system',
    });
    await this.#ask('Marionette:SetContext', { value: 'content' });
    return found;
  }

  async picture(path: string): Promise<void> {
    const png = await this.#ask<string>('WebDriver:TakeScreenshot', { full: false, hash: false });
    writeFileSync(path, Buffer.from(png, 'base64'));
  }

  /** Ends it in order. */
  async quit(): Promise<void> {
    const closed = once(this.#socket, 'close');
    await this.#ask('Marionette:Quit', { flags: ['eForceQuit'] });
    this.#socket.end();
    await closed;
  }

  /** The element, as soon as it is there. */
  async #find(selector: string, words: string, index = 0): Promise<string> {
    const script = `const [selector, words, index, done] = arguments;
      const found = () => [...document.querySelectorAll(selector)].filter((one) => one.textContent.includes(words))[index];
      const look = () => (found() ? done(found()) : requestAnimationFrame(look));
      look();`;
    const asked = { script, args: [selector, words, index], scriptTimeout: 60_000 };
    try {
      const element = await this.#ask<Readonly<Record<string, string>> | undefined>(
        'WebDriver:ExecuteAsyncScript',
        asked,
      );
      const [id] = Object.values(element ?? {});
      // It went between the look and the answer.
      return id ?? (await this.#find(selector, words, index));
    } catch (error) {
      // A page that makes room for the next one takes the look with it.
      if (!String(error).includes('unloaded')) throw error;
      return this.#find(selector, words, index);
    }
  }

  async #ask<T>(command: string, facts: object = {}): Promise<T> {
    const id = (this.#last += 1);
    const answer = new Promise<readonly [unknown, unknown]>((resolve) => this.#answers.set(id, resolve));
    const text = JSON.stringify([0, id, command, facts]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [error, result] = await answer;
    if (error !== null) throw new Error(`${command} ${JSON.stringify(facts)}: ${JSON.stringify(error)}`);
    // Most answers wrap what is asked for; lists come as they are.
    return (typeof result === 'object' && result !== null && 'value' in result ? result.value : result) as T;
  }

  #hear(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      const end = colon + 1 + Number(this.#received.subarray(0, colon));
      if (colon === -1 || this.#received.length < end) return;
      const message: unknown = JSON.parse(this.#received.toString('utf8', colon + 1, end));
      this.#received = this.#received.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message as [number, number, unknown, unknown];
      this.#answers.get(id)?.([error, result]);
      this.#answers.delete(id);
    }
  }
}
