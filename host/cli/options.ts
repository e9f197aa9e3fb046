/** Options of all commands, as commander reads them. */
export interface Options {
  /** `CARD[:STATE]`, one for each simulated reader. */
  readonly simulate?: readonly string[];
  readonly json?: boolean;
  readonly lang?: string;
  readonly reader?: string;
  readonly pinStdin?: boolean;
  readonly lastTries?: boolean;
}

/** `--lang` and `--json` before the arguments are parsed: help and errors need them. */
export function earlyOptions(argv: readonly string[]): Pick<Options, 'lang' | 'json'> {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  const at = options.findIndex((option) => option === '--lang' || option.startsWith('--lang='));
  const lang = options[at]?.startsWith('--lang=') ? options[at]?.slice('--lang='.length) : options[at + 1];
  return { json: options.includes('--json'), ...(at < 0 || lang === undefined ? {} : { lang }) };
}
