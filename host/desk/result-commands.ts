import { Failure } from '@sigill/core';
import type { DeliveredFile } from '../documents/document-scope.js';
import type { ActivityResult } from './activity.js';
import type { HostDesk } from './host-desk.js';
import { runCommand } from './run-command.js';

/** Delivered files as an activity keeps them, with what can be done here. */
export function resultsOf(desk: HostDesk, plugin: string, files: readonly DeliveredFile[]): readonly ActivityResult[] {
  const can = [
    ...(desk.needs.files === undefined ? [] : (['open', 'show'] as const)),
    ...(verifier(desk, plugin) === undefined ? [] : (['verify'] as const)),
  ];
  return files.map(({ id, path }) => ({ id, path, plugin, can }));
}

/** Opens a delivered file in the person's own program. Fails with `document-unknown`. */
export function openResult(desk: HostDesk, id: string): void {
  desk.needs.files?.open(found(desk, id).path);
}

/** Shows it in the person's file manager. Fails with `document-unknown`. */
export function showResult(desk: HostDesk, id: string): void {
  desk.needs.files?.show(found(desk, id).path);
}

/** Has its plugin verify it. Fails with `document-unknown`, `command-unknown`, `file-unreadable`. */
export async function verifyResult(desk: HostDesk, id: string): Promise<void> {
  const { path, plugin } = found(desk, id);
  const command = verifier(desk, plugin);
  if (command === undefined) throw new Failure('command-unknown', { command: `${plugin}.verify` });
  const scope = desk.needs.host.documents.scope(plugin);
  try {
    const document = await scope.open(path);
    await runCommand(desk, command, { documents: [document] }, [{ scope }], () => scope.dispose());
  } catch (error) {
    scope.dispose();
    throw error;
  }
}

/** Only what the host itself delivered is opened: looked up among what activities tell. */
function found({ activities }: HostDesk, id: string): ActivityResult {
  const result = activities.all.flatMap(({ results = [] }) => results).find((one) => one.id === id);
  if (result === undefined) throw new Failure('document-unknown', {});
  return result;
}

/** The command of a plugin that verifies documents, by its name. */
function verifier({ needs }: HostDesk, plugin: string): string | undefined {
  const { plugin: known } = needs.host.plugins.list().find(({ name }) => name === plugin) ?? {};
  return known?.manifest.contributes.commands?.find(({ id }) => id.endsWith('.verify'))?.id;
}
