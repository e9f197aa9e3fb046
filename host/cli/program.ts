import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Command, Option } from 'commander';
import type { Texts } from '../messages/texts.js';
import { findPaths } from '../paths.js';
import type { AddCommand } from './add-command.js';
import { addActivate } from './commands/activate.js';
import { addCards } from './commands/cards.js';
import { addCert } from './commands/cert.js';
import { addDemo } from './commands/demo.js';
import { addIntegrate } from './commands/integrate.js';
import { addJournal } from './commands/journal.js';
import { addKey } from './commands/key.js';
import { addMail } from './commands/mail.js';
import { addPdf } from './commands/pdf.js';
import { addPdfWindow } from './commands/pdf-window.js';
import { addPin } from './commands/pin.js';
import { addPkcs11 } from './commands/pkcs11.js';
import { addPlugins } from './commands/plugins.js';
import { addSimulate } from './commands/simulate.js';
import { addQuit } from './commands/quit.js';
import { addStart } from './commands/start.js';
import { addStatus } from './commands/status.js';
import { addWindow } from './commands/window.js';
import { addTrace } from './commands/trace.js';
import type { Context } from './context.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { Say } from './say.js';
import type { Sink } from './open-host.js';

export interface ProgramSettings {
  readonly io: Io;
  readonly texts: Texts;
  /** True when a program reads: it is shown no help in place of a failure. */
  readonly json: boolean;
  /** Where the APDUs of the command go; they are not looked at without. */
  readonly trace?: Sink;
  /** Options that were given outside, as in `sigill --simulate fineid-v4 trace cards`. */
  readonly given?: Options;
}

const commands: readonly AddCommand[] = [
  addStart,
  addWindow,
  addStatus,
  addQuit,
  addCards,
  addActivate,
  addPin,
  addPdf,
  addPdfWindow,
  addCert,
  addKey,
  addJournal,
  addPkcs11,
  addMail,
  addPlugins,
  addIntegrate,
  addDemo,
  addSimulate,
];

/** The command line: every command, help and errors in the person's language. */
export function buildProgram(settings: ProgramSettings): Command {
  const { io, texts, json } = settings;
  const program = new Command('sigill')
    .description(texts.text('help.program'))
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => io.output.write(text),
      writeErr: (text) => json || io.errors.write(text),
      // Told by `main`, in the person's language.
      outputError: () => {},
      getOutHelpWidth: () => io.output.columns || 80,
      getErrHelpWidth: () => io.errors.columns || 80,
    })
    .configureHelp({
      styleTitle: (title) => titleIn(texts, title),
      styleUsage: (usage) => wordsIn(texts, usage),
      styleSubcommandTerm: (term) => wordsIn(texts, term),
    })
    .helpOption('-h, --help', texts.text('help.help'))
    .helpCommand(false)
    .version(version(), '-V, --version', texts.text('help.version'))
    .usage(`${texts.text('help.usage-options')} ${texts.text('help.usage-command')}`)
    .addOption(new Option('--simulate <CARD[:STATE]>', texts.text('help.simulate-option')).argParser(collect))
    .option('--json', texts.text('help.json'))
    .option('--lang <LANG>', texts.text('help.lang'))
    .option('--reader <NAME>', texts.text('help.reader'))
    .option('--pin-stdin', texts.text('help.pin-stdin'))
    .option('--last-tries', texts.text('help.last-tries'))
    .addHelpText('after', `\n${texts.text('help.exit')}`);
  const context = (): Context => contextOf(settings, { ...settings.given, ...program.opts<Options>() });
  for (const add of commands) add(program, texts, context);
  addTrace(program, texts, context, (output, trace, given) => buildProgram({ io: output, texts, json, trace, given }));
  return program;
}

function contextOf({ io, texts, trace }: ProgramSettings, options: Options): Context {
  const paths = findPaths(io.environment, io.platform, io.home);
  const say = new Say(io, texts, options.json ?? false);
  const withHost: Context['withHost'] = async (use, plugin) =>
    (await import('./reach-host.js')).reachHost({ io, texts, options, paths, trace, say, plugin }, use);
  return { io, options, texts, say, paths, withHost };
}

/** Each `--simulate` is one more reader. */
function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** Commander's own two words in usages. */
function wordsIn(texts: Texts, usage: string): string {
  return usage
    .replace('[options]', texts.text('help.usage-options'))
    .replace('[command]', texts.text('help.usage-command'));
}

function titleIn(texts: Texts, title: string): string {
  const key = `help.${title.replace(':', '').toLowerCase().replace(' ', '-')}`;
  return texts.has(key) ? texts.text(key) : title;
}

function version(): string {
  const path = createRequire(import.meta.url).resolve('@sigill/core/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
