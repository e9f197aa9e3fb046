import type { DocumentId } from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import { shownName } from '../documents/document-place.js';
import type { DocumentView } from '../window/view/panel-view.js';
import type { DocumentLock } from './document-locks.js';
import type { PanelDocument } from './panel-documents.js';

/** Documents that were given to a panel, in words. `folder` is where results of those go that came without a place. */
export function documentViews(
  given: readonly PanelDocument[],
  folder: string,
  lock: (document: DocumentId) => DocumentLock | undefined,
  texts: Texts,
): readonly DocumentView[] {
  return given.map(({ id, name, size, path }) => ({
    id,
    name: shownName(name),
    bytes: size,
    size: sizeInWords(size, texts),
    place: path === undefined ? texts.text('documents.to-folder', { folder }) : texts.text('documents.beside'),
    ...passwordView(lock(id), shownName(name), texts),
  }));
}

/** In the host's words alone. */
function passwordView(state: DocumentLock | undefined, name: string, texts: Texts): Pick<DocumentView, 'password'> {
  if (state === undefined || state === 'opened-too') return {};
  const label = texts.text('field.password', { name });
  return { password: { label, help: texts.text(`field.password.${state}`), state } };
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `812 byte`, `1.2 MB`. */
export function sizeInWords(bytes: number, { locale }: Texts): string {
  const step = Math.min(units.length - 1, bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const style = {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  };
  return new Intl.NumberFormat(locale, style as Intl.NumberFormatOptions).format(bytes / 1_000 ** step);
}
