import type { JournalEntry } from '../../audit/journal-entry.js';
import { shownName } from '../../documents/document-place.js';
import type { Texts } from '../../messages/texts.js';
import type { Context } from '../context.js';
import { ownJournal } from './own-journal.js';

/** Shows what cards signed and what came of it, the newest last. */
export async function showJournal(context: Context): Promise<void> {
  const { say, texts } = context;
  const entries = ownJournal(context).entries();
  say.answer({ entries }, () =>
    entries.length === 0
      ? say.sentence(texts.text('journal.empty'))
      : entries.flatMap((entry) => linesOf(entry, texts)),
  );
}

function linesOf(entry: JournalEntry, texts: Texts): readonly string[] {
  const { number, time, kind, plugin, code, document, result, certificate } = entry;
  const name = shownName(result?.name ?? document?.name ?? '');
  const what = texts.text(`journal.${kind}`, { name, code, plugin: shownName(plugin) });
  return [
    `${number}  ${time}  ${what}`,
    ...(certificate === undefined ? [] : [`   ${shownName(certificate.subject)}`]),
    ...(result === undefined ? [] : [`   SHA-256 ${shownName(result.sha256)}`]),
  ];
}
