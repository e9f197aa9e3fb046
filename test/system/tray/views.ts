import type { Card, CommandContribution, Language, Pin, PinId, Reader, ReaderStatus } from '@sigill/core';
import { trayView } from '../../../host/tray/menu.js';
import type { TrayView } from '../../../host/tray/tray.js';
import { trayTexts } from '../../../host/tray/tray-texts.js';
import type { StatusIcon } from '../../../host/window/view/status-icon.js';

/** Every state that an icon can be in. */
export const everyIcon: readonly StatusIcon[] = [
  'no-reader',
  'no-card',
  'reading',
  'ready',
  'unrecognised',
  'no-certificate',
  'activation',
  'locked',
  'expiring',
];

const commands: readonly CommandContribution[] = [
  ...['pin.verify', 'pin.change', 'pin.unlock', 'activation.activate'].map((id) => ({ id, title: id })),
  { id: 'pdf-sign.sign', title: 'Sign' },
];

const pin = (id: PinId, state: Pin['state'] = 'ok'): Pin => ({
  id,
  role: id === 'PIN1' ? 'basic' : id === 'PIN2' ? 'signature' : 'puk',
  label: id,
  state,
  triesLeft: state === 'locked' ? 0 : 5,
  triesMax: 5,
  minLength: 4,
  maxLength: 8,
});

/** A reader with a card in it, in a given state. */
export function readerWith(state: ReaderStatus, name = 'Gemalto PC Twin Reader 00 00'): Reader {
  const card: Card = {
    id: `card of ${name}`,
    reader: name,
    profile: 'fineid',
    label: { en: 'Organisation card', sv: 'Organisationskort', fi: 'Organisaatiokortti' },
    holder: 'Anna Virtanen',
    atr: '3b',
    pins: [pin('PIN1', state === 'pin-locked' ? 'locked' : 'ok'), pin('PIN2')],
    puk: pin('PUK'),
    certificates: [],
    notes: [],
  };
  return state === 'empty' || state === 'reading' ? { name, state } : { name, state, card };
}

/** What the tray shows for these readers. */
export function viewOf(readers: readonly Reader[], language: Language = 'en', more: readonly string[] = []): TrayView {
  const own = more.map((id) => ({ id, title: id }));
  const now = new Date('2026-11-21T12:00:00Z');
  return trayView({ readers, commands: [...commands, ...own], now }, trayTexts(language));
}
