import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Screen } from './screen.js';

const whole = '1280x800+0+0';
/** Looks at the screen after which a person asks again. */
const patience = 20;
/** Where a path is typed. */
const line = '600x60+160+0';

/** A dialog for files on a screen of 1280 by 800 that has nothing else on it, as a person uses it. */
export class FileDialog {
  readonly #screen: Screen;
  readonly #title: string;

  constructor(screen: Screen, title: string) {
    this.#screen = screen;
    this.#title = title;
  }

  /** True while it is on the screen. */
  get visible(): boolean {
    try {
      return this.#screen.run('xdotool', 'search', '--onlyvisible', '--name', this.#title) !== '';
    } catch {
      return false;
    }
  }

  /** Resolves when it is on the screen; `ask` is done first, and again while it is not, as a person would. */
  async shown(ask: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await ask();
    for (let looks = 1; !this.visible; looks += 1) {
      if (looks % patience === 0) await ask();
      await this.#screen.look(whole);
    }
    await this.#screen.still(whole);
  }

  /** Resolves when it is gone. */
  async gone(): Promise<void> {
    while (this.visible) await this.#screen.look(whole);
  }

  /** Gives it the path of a file. */
  async choose(path: string): Promise<void> {
    const screen = this.#screen;
    // Typed letter by letter, the dialog would complete some of them before the next one comes.
    const before = await screen.look(line);
    screen.keys('slash');
    await screen.changed(line, before);
    const typed = await screen.look(line);
    const env = { ...process.env, DISPLAY: screen.display };
    const clipboard = spawn('xclip', ['-quiet', '-selection', 'clipboard'], { env });
    clipboard.stdin.end(path);
    // It says that it waits for who takes it.
    await once(clipboard.stderr, 'data');
    screen.keys('ctrl+a', 'ctrl+v');
    await screen.changed(line, typed);
    await screen.still(whole);
    clipboard.kill();
    screen.keys('Return');
  }

  /** Chooses nothing. */
  cancel(): void {
    this.#screen.keys('Escape');
  }
}
