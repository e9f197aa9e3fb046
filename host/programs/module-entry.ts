/** The name that the module has in every database. */
export const moduleName = 'Sigill';

/** Slots that are marked: more than the readers of a desk have. */
const slots = 16;

/**
 * What NSS is told of the module. `PublicCerts`: certificates are listed without logging in, so no program asks for a PIN to look at them
 * (NSS, `modutil -mechanisms FRIENDLY`). The server numbers its slots from 1.
 */
const flags = `NSS=trustOrder=100 slotParams={${Array.from({ length: slots }, (_, at) => `0x${(at + 1).toString(16).padStart(8, '0')}=[slotFlags=PublicCerts]`).join(' ')}}`;

/** One module in `pkcs11.txt`. */
interface ModuleEntry {
  readonly name: string;
  readonly library: string;
  /** Where its lines stand in the text, with the empty lines after them. */
  readonly from: number;
  readonly to: number;
}

/** The modules in an NSS `pkcs11.txt`: blocks of `key=value` lines, empty lines between them. */
export function moduleEntries(text: string): readonly ModuleEntry[] {
  const entries: ModuleEntry[] = [];
  for (const { 0: block, index } of text.matchAll(/(?:[^\r\n]+(?:\r?\n|$))+(?:\r?\n)*/g)) {
    const value = (key: string): string => new RegExp(`^${key}=(.*?)\\r?$`, 'm').exec(block)?.[1]?.trim() ?? '';
    entries.push({ name: value('name'), library: value('library'), from: index, to: index + block.length });
  }
  return entries;
}

/** True when `library` is there already, under whatever name. */
export function hasModule(text: string, library: string): boolean {
  return moduleEntries(text).some((entry) => entry.library === library);
}

/** `text` with the module at its end, written as `modutil` does. An older entry of ours, with another path, goes. */
export function withModule(text: string, library: string): string {
  const others = withoutModule(text);
  const gap = others === '' || others.endsWith('\n\n') ? '' : others.endsWith('\n') ? '\n' : '\n\n';
  return `${others}${gap}library=${library}\nname=${moduleName}\n${flags}\n\n`;
}

/** `text` without our entry; all other bytes stay. */
export function withoutModule(text: string): string {
  const ours = moduleEntries(text).filter(({ name }) => name === moduleName);
  return ours.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
}

/** `text` with NSS' own module alone: what tools may load without touching a card. */
export function withoutLibraries(text: string): string {
  const foreign = moduleEntries(text).filter(({ library }) => library !== '');
  return foreign.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
}
