import {
  type CommandContribution,
  inLanguage,
  type Language,
  languages,
  type PanelContribution,
  type Reader,
} from '@sigill/core';
import type { Texts } from '../messages/texts.js';
import { choiceId } from './choice.js';
import { choiceItem } from './choice-item.js';
import { labelText, readerNames } from './label-text.js';
import { readerItem } from './reader-menu.js';
import { statusIcon } from './status-icon.js';
import { tooltip } from './tooltip.js';
import type { MenuItem, TrayView } from './tray.js';

/** What the tray shows is made from this. */
export interface TrayState {
  readonly readers: readonly Reader[];
  /** The card service does not answer. */
  readonly serviceAbsent?: boolean;
  /** What plugins offer, of those that can be started. */
  readonly commands: readonly CommandContribution[];
  /** Panels that plugins put into the menu. */
  readonly panels?: readonly PanelContribution[];
  readonly now: Date;
}

/** Commands that have places of their own in the menu, or need to be told a card. */
const placed = /^(pin\.(verify|change|unlock)|activation\.activate|pdf-sign\.sign)$/;

const separator: MenuItem = { kind: 'separator' };

/** Icon, tooltip and menu in the language of `texts` (`trayTexts`). */
export function trayView(state: TrayState, texts: Texts): TrayView {
  const { readers, now } = state;
  return {
    icon: statusIcon(readers, now),
    tooltip: readers.length === 0 ? absence(state, texts) : tooltip(readers, texts, now),
    menu: groups(state, texts).flatMap((group, index) => (index === 0 ? group : [separator, ...group])),
  };
}

function groups(state: TrayState, texts: Texts): readonly (readonly MenuItem[])[] {
  const { readers, commands, panels = [], now } = state;
  const offered = new Set(commands.map(({ id }) => id));
  const names = readerNames(readers.map(({ name }) => name));
  const devices = choiceItem({ kind: 'show', place: 'devices' }, texts.text('tray.menu.devices'));
  const sign = choiceItem({ kind: 'documents' }, texts.text('tray.menu.sign-pdf'));
  const shown = panels.map(({ id, title }) =>
    choiceItem({ kind: 'show', place: `panel:${id}` }, labelText(inLanguage(title, texts.language))),
  );
  const own = commands
    .filter(({ id }) => !placed.test(id))
    .map(({ id, title }) =>
      choiceItem({ kind: 'run', command: id, args: {} }, labelText(inLanguage(title, texts.language))),
    );
  return [
    [devices, ...(offered.has('pdf-sign.sign') ? [sign] : [])],
    readers.length === 0
      ? [choiceItem({ kind: 'show', place: 'devices' }, absence(state, texts))]
      : readers.map((reader) => readerItem(reader, names.get(reader.name) ?? reader.name, { offered, texts, now })),
    ...(shown.length + own.length === 0 ? [] : [[...shown, ...own]]),
    [languageMenu(texts), choiceItem({ kind: 'quit' }, texts.text('tray.menu.quit'))],
  ];
}

function absence({ serviceAbsent }: TrayState, texts: Texts): string {
  return capital(texts.text(serviceAbsent === true ? 'tray.no-service' : 'tray.no-reader'), texts.language);
}

function languageMenu(texts: Texts): MenuItem {
  const items = languages.map((language): MenuItem => ({
    kind: 'item',
    id: choiceId({ kind: 'language', language }),
    label: texts.text(`tray.language.${language}`),
    enabled: true,
    checked: language === texts.language,
  }));
  return { kind: 'menu', id: 'language', label: texts.text('tray.menu.language'), items };
}

function capital(text: string, language: Language): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
