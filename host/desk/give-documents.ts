import { basename, isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { Failure, isFailure } from '@sigill/core';
import { cleanLine } from '../plugins/clean-text.js';
import { deskWords } from './desk-texts.js';
import type { HostDesk } from './host-desk.js';
import { ownerOf } from './open-panel.js';

/** The panel for documents of a plugin that can run, if there is one. */
export function documentsPanel({ needs }: HostDesk): string | undefined {
  return needs.host.plugins
    .list()
    .filter(({ state }) => state !== 'disabled' && state !== 'broken')
    .flatMap(({ plugin }) => plugin?.manifest.contributes.panels ?? [])
    .find(({ id }) => /(^|\.)documents$/.test(id))?.id;
}

/** Gives files to the panel for documents; what cannot be read is told by an activity each. Gives the panel. Fails with `command-unknown`. */
export async function giveFiles(desk: HostDesk, paths: readonly string[], panel = documentsPanel(desk)) {
  if (panel === undefined) throw new Failure('command-unknown', { command: 'pdf-sign.sign' });
  const { name } = ownerOf(desk, panel);
  for (const path of paths) {
    try {
      if (!isAbsolute(path)) throw new Failure('file-unreadable', { path: cleanLine(path, 200), why: '/…' });
      await desk.given.open(panel, name, path);
    } catch (error) {
      const what = { command: 'host.give', args: { path }, title: { key: 'documents.give' } };
      desk.activities.start(what, () => Promise.reject(error));
      // Once is enough: none of the others has room either.
      if (isFailure(error, 'documents-full')) break;
    }
  }
  return panel;
}

/** Takes in a dropped document. Fails with `panel-unknown`, `file-unreadable`, `file-unwritable`. */
export async function takeDrop(
  desk: HostDesk,
  panel: string,
  name: string,
  bytes: Readable,
  limit: number,
): Promise<void> {
  const owner = ownerOf(desk, panel);
  await desk.given.receive(panel, owner.name, basename(name), bytes, limit);
}

/** Asks for files with the desktop's dialog, one at a time. Gives the panel, or nothing when the person chose none or there is no dialog. Fails with `command-unknown`, `panel-unknown`. */
export async function chooseDocuments(desk: HostDesk, wanted?: string): Promise<string | undefined> {
  const panel = wanted ?? documentsPanel(desk);
  if (panel === undefined) throw new Failure('command-unknown', { command: 'pdf-sign.sign' });
  ownerOf(desk, panel);
  const { dialog } = desk.needs;
  if (dialog === undefined || !desk.dialogWorks) return panel;
  if (desk.choosing) return undefined;
  const { texts } = deskWords(desk.language);
  const { accept, many } = asked(desk, panel);
  const question = {
    title: texts.text('documents.choose'),
    kind: texts.text(accept.every((one) => one === 'pdf') ? 'documents.kind' : 'documents.kind.files'),
    extensions: accept,
    many,
  };
  desk.choosing = true;
  try {
    const chosen = await dialog(question);
    if (chosen === undefined) desk.withoutDialog();
    else if (chosen.length === 0) return undefined;
    return await giveFiles(desk, chosen ?? [], panel);
  } finally {
    desk.choosing = false;
  }
}

/** What the panel's form takes; before its plugin has shown one, PDF documents. */
function asked({ needs }: HostDesk, panel: string): { readonly accept: readonly string[]; readonly many: boolean } {
  for (const element of needs.host.plugins.panel(panel)) {
    if (element.kind !== 'form') continue;
    for (const field of element.fields) if (field.type === 'documents') return field;
  }
  return { accept: ['pdf'], many: true };
}
