import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** A screen without a monitor, with a mouse and a keyboard. */
export interface Screen {
  /** As `DISPLAY` has it. */
  readonly display: string;
  /** Runs a program of the X tools on this screen, and gives back what it prints. */
  run(program: string, ...words: readonly string[]): string;
  click(x: number, y: number, button: 'left' | 'right'): void;
  /** Takes the mouse out of the way. */
  rest(): void;
  /** Presses keys, one after the other, by their X names. */
  keys(...names: readonly string[]): void;
  /** The screen, or a part of it (`120x26+0+0`), into a file. */
  picture(path: string, part?: string): void;
  /** What a part of the screen looks like; equal for equal pictures. */
  look(part: string): Promise<string>;
  /** Resolves when a part of the screen looks otherwise than `before`. */
  changed(part: string, before: string): Promise<string>;
  /** Resolves when a part of the screen has much of a colour (`2f6fe0`) in it. */
  coloured(part: string, colour: string): Promise<void>;
  /** Resolves when a part of the screen has come to rest. */
  still(part: string): Promise<string>;
  dispose(): Promise<void>;
}

/** Starts an X server on a number that is free, and resolves when it takes windows. */
export async function startScreen(size: string): Promise<Screen> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-ac'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb ended')));
    server.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()));
  });
  const display = `:${number}`;
  const env = { ...process.env, DISPLAY: display };
  const run = (program: string, ...words: readonly string[]): string =>
    execFileSync(program, words, { env, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  const cut = (part: string | undefined): string[] => (part === undefined ? [] : ['-crop', part, '+repage']);
  const look = async (part: string): Promise<string> => {
    const words = ['-silent', '-window', 'root', ...cut(part), '-depth', '8', 'rgb:-'];
    const { stdout } = await promisify(execFile)('import', words, { env, encoding: 'base64', maxBuffer: 1e8 });
    return stdout;
  };
  async function changed(part: string, before: string): Promise<string> {
    for (;;) {
      const now = await look(part);
      if (now !== before) return now;
    }
  }
  async function coloured(part: string, colour: string): Promise<void> {
    for (;;) {
      const hex = Buffer.from(await look(part), 'base64').toString('hex');
      const pixels = hex.match(/.{6}/g) ?? [];
      if (pixels.filter((pixel) => pixel === colour).length >= 50) return;
    }
  }
  async function still(part: string): Promise<string> {
    for (let before = await look(part); ;) {
      const now = await look(part);
      if (now === before) return now;
      before = now;
    }
  }
  return {
    display,
    run,
    click: (x, y, button) => void run('xdotool', 'mousemove', `${x}`, `${y}`, 'click', button === 'left' ? '1' : '3'),
    rest: () => void run('xdotool', 'mousemove', '400', '400'),
    keys: (...names) => void run('xdotool', 'key', '--delay', '50', ...names),
    picture: (path, part) => void run('import', '-silent', '-window', 'root', ...cut(part), path),
    look,
    changed,
    coloured,
    still,
    dispose: () => ended(server),
  };
}

/** Ends a program and resolves when it has ended. */
export async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const exit = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  await exit;
}
