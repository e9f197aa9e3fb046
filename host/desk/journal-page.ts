import { readFileSync } from 'node:fs';
import type { Journal } from '../audit/journal.js';
import type { JournalEntry } from '../audit/journal-entry.js';
import { verifyJournal } from '../audit/verify-journal.js';
import { shownName } from '../documents/document-place.js';
import type { Texts } from '../messages/texts.js';
import type { JournalRowView, JournalView } from '../window/view/journal-view.js';

/** Entries that are shown; the file has all. */
const most = 500;

/** The journal in words, the newest first, and whether it is as it was written. Fails as the file system does. */
export function journalView(journal: Journal, texts: Texts): JournalView {
  const { lines, last, faults } = verifyJournal(journal.path, journal.headPath);
  const [fault] = faults;
  const times = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'medium', timeStyle: 'short' });
  const entries = journal.entries();
  const why = fault && texts.text(`journal.fault.${fault.kind}`);
  return {
    sound: fault === undefined,
    verdict:
      fault === undefined
        ? texts.text('journal.page.sound', { lines })
        : texts.text('journal-damaged', { path: journal.path, line: fault.line, why: why ?? '' }),
    last,
    shown: texts.text('journal.page.shown', { shown: Math.min(most, entries.length), all: entries.length }),
    rows: entries
      .slice(-most)
      .reverse()
      .map((entry) => row(entry, times, texts)),
  };
}

/** The journal's own bytes; none while there is no journal. Fails as the file system does. */
export function journalFile(journal: Journal): Uint8Array {
  try {
    return readFileSync(journal.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Uint8Array();
    throw error;
  }
}

function row(entry: JournalEntry, times: Intl.DateTimeFormat, texts: Texts): JournalRowView {
  const { number, time, kind, plugin, code, document, result, certificate, note } = entry;
  const name = shownName(result?.name ?? document?.name ?? '');
  const date = new Date(time);
  return {
    number: String(number),
    time: Number.isNaN(date.getTime()) ? shownName(time) : times.format(date),
    what: texts.text(`journal.${kind}`, { name, code: shownName(code), plugin: shownName(plugin) }),
    who: shownName(certificate?.subject ?? ''),
    details: [
      ...(result === undefined ? [] : [`SHA-256 ${shownName(result.sha256)}`]),
      ...Object.entries(note ?? {}).map(([key, value]) => shownName(`${key}: ${value}`)),
    ],
  };
}
