import { spawn } from 'node:child_process';
import type { FileChooser, FileQuestion } from './file-chooser.js';
import { patterns } from './patterns.js';

type Kind = 'zenity' | 'kdialog';

/** Characters of an answer. */
const longest = 1_000_000;

/** The dialog of zenity (GNOME, Xfce, …) or kdialog (KDE). `program` is its absolute path. */
export class ProgramChooser implements FileChooser {
  readonly #kind: Kind;
  readonly #program: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(kind: Kind, program: string, environment: NodeJS.ProcessEnv) {
    this.#kind = kind;
    this.#program = program;
    this.#environment = environment;
  }

  choose(question: FileQuestion, signal: AbortSignal): Promise<readonly string[]> {
    const words = this.#kind === 'zenity' ? zenity(question) : kdialog(question);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return resolve([]);
      const child = spawn(this.#program, words, {
        env: this.#environment,
        stdio: ['ignore', 'pipe', 'ignore'],
        signal,
      });
      let text = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (part: string) => {
        text += part;
        if (text.length > longest) child.kill();
      });
      child.once('error', (error) => (signal.aborted ? resolve([]) : reject(error)));
      child.once('close', (code) => {
        // Both end with 1 when the person cancels, and with more when they cannot show anything.
        if (code === 0) return resolve(text.split('\n').filter((path) => path.startsWith('/')));
        if (code === 1 || code === null) return resolve([]);
        reject(new Error(`${this.#kind} ended with ${code}`));
      });
    });
  }
}

function zenity({ title, kind, extensions, many }: FileQuestion): readonly string[] {
  return [
    '--file-selection',
    `--title=${title}`,
    `--file-filter=${kind.replaceAll('|', ' ')} | ${patterns(extensions).join(' ')}`,
    ...(many ? ['--multiple', '--separator=\n'] : []),
  ];
}

function kdialog({ title, kind, extensions, many }: FileQuestion): readonly string[] {
  const filter = `${kind.replace(/[()|]/g, ' ')} (${patterns(extensions).join(' ')})`;
  return [
    '--title',
    title,
    ...(many ? ['--multiple', '--separate-output'] : []),
    '--getopenfilename',
    ':sigill',
    filter,
  ];
}
