import { type CommandArguments, Failure } from '@sigill/core';
import { cleanLine } from '../plugins/clean-text.js';
import { passwordKey } from '../window/requests.js';
import type { DeskState } from './desk-state.js';
import { passwordField, type TypedPasswords } from './document-locks.js';
import type { HostDesk } from './host-desk.js';

/** Characters of a document's password. */
const longest = 500;

/** Finds out which documents of panels are locked, as soon as the forms that ask for their passwords are shown. */
export function lookForLocks(desk: HostDesk, { plugins, panel: shown, documents }: DeskState): void {
  const panels = plugins.flatMap(({ plugin }) => plugin?.manifest.contributes.panels ?? []);
  for (const { id } of panels) {
    const given = documents(id).map((document) => document.id);
    const field = given.length === 0 ? undefined : passwordField(shown(id));
    if (field === undefined) continue;
    const unknown = (error: unknown): void => desk.needs.host.log.info(`locked documents: ${String(error)}`);
    desk.locks.look(field, given).catch(unknown);
  }
}

/**
 * The arguments that open a panel's documents, of what was typed by `passwordKey`: no field but the host's own asks for it, and it goes only where
 * a document goes. Fails with `setting-invalid`, and as the plugin's command does.
 */
export async function unlockDocuments(
  desk: HostDesk,
  panel: string,
  values: Readonly<Record<string, string | number | boolean>>,
): Promise<CommandArguments> {
  const field = passwordField(desk.needs.host.plugins.panel(panel));
  if (field === undefined) return {};
  const documents = desk.given.of(panel).map(({ id }) => id);
  const typed = documents.flatMap((id): readonly (readonly [string, string])[] => {
    const value = values[passwordKey(field.key, id)] ?? '';
    if (typeof value !== 'string' || value.length > longest)
      throw new Failure('setting-invalid', { key: cleanLine(field.key, 50), why: String(longest) });
    return value === '' ? [] : [[id, value]];
  });
  const passwords: TypedPasswords = await desk.locks.open(field, documents, Object.fromEntries(typed));
  return Object.keys(passwords).length === 0 ? {} : { [field.key]: passwords };
}
