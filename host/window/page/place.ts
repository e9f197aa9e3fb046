import type { PanelView } from '../view/panel-view.js';
import type { WindowView } from '../view/window-view.js';

/** A tab of the top bar. */
export interface Tab {
  readonly place: string;
  /** A key of the page's words, or else the words themselves. */
  readonly key?: string;
  readonly title?: string;
}

/** The tabs of this moment: Documents and other panels only while a plugin offers them. */
export function tabs(view: WindowView): readonly Tab[] {
  const documents = view.panels.filter(isDocuments);
  const others = view.panels.filter((panel) => !isDocuments(panel));
  return [
    { place: 'devices', key: 'page.devices' },
    { place: 'codes', key: 'page.codes' },
    ...documents.slice(0, 1).map(({ id }) => ({ place: `panel:${id}`, key: 'page.documents' })),
    ...[...documents.slice(1), ...others].map(({ id, title }) => ({ place: `panel:${id}`, title })),
    { place: 'plugins', key: 'page.plugins' },
    { place: 'settings', key: 'page.settings' },
    { place: 'about', key: 'page.about' },
  ];
}

/** The panel that takes documents which are dropped anywhere. */
export function documentsPanel(view: WindowView, place: string): PanelView | undefined {
  const takes = ({ elements }: PanelView): boolean =>
    elements.some((element) => element.kind === 'form' && element.fields.some(({ type }) => type === 'documents'));
  return view.panels.find((panel) => place === `panel:${panel.id}` && takes(panel)) ?? view.panels.find(isDocuments);
}

/** Whether a form of the panel takes a file of this name; before it has shown one, all are taken. */
export function isAccepted({ elements }: PanelView, name: string): boolean {
  const fields = elements.flatMap((element) => (element.kind === 'form' ? element.fields : []));
  const asking = fields.filter((field) => field.type === 'documents');
  return (
    asking.length === 0 || asking.some(({ accept }) => accept.some((one) => name.toLowerCase().endsWith(`.${one}`)))
  );
}

/** `#codes` → `codes`; names of readers may hold anything. */
export function placeFromHash(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, '')) || 'devices';
  } catch {
    return 'devices';
  }
}

/** An address within the page. */
export function hashOf(place: string): string {
  return `#${encodeURIComponent(place)}`;
}

/** Whether a wish still means something: a card that is activated by now is not offered its activation. */
export function isCurrentWish(view: WindowView, place: string): boolean {
  if (!place.startsWith('activation:')) return true;
  const reader = view.readers.find(({ name }) => `activation:${name}` === place);
  return reader?.icon === 'activation';
}

function isDocuments({ id }: PanelView): boolean {
  return /(^|\.)documents$/.test(id);
}
