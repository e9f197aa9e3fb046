import type { Card, Certificate, Language, Pin, Reader } from '@sigill/core';
import type { DeskState } from '../../host/desk/desk-state.js';
import { deskWords } from '../../host/desk/desk-texts.js';
import { ReaderViews } from '../../host/desk/reader-views.js';
import { windowView } from '../../host/desk/window-view.js';
import type { FoundPlugin } from '../../host/plugins/finder.js';
import type { PluginState } from '../../host/plugins/plugin-host.js';

/** The moment of these tests. */
export const now = new Date('2026-11-21T12:00:00Z');

/** A PIN of a card in use. */
export const pin = (id: 'PIN1' | 'PIN2' | 'PUK', more: Partial<Pin> = {}): Pin => ({
  id,
  role: id === 'PIN1' ? 'basic' : id === 'PIN2' ? 'signature' : 'puk',
  label: {
    PIN1: { en: 'Basic code (PIN1)', sv: 'Baskod (PIN1)', fi: 'Perustunnusluku (PIN1)' },
    PIN2: { en: 'Signature code (PIN2)', sv: 'Signaturkod (PIN2)', fi: 'Allekirjoitustunnusluku (PIN2)' },
    PUK: 'PUK',
  }[id],
  state: 'ok',
  triesLeft: 5,
  triesMax: 5,
  minLength: id === 'PUK' ? 8 : 4,
  maxLength: 8,
  ...more,
});

/** A certificate that is valid until then. */
export const certificate = (notAfter: string, more: Partial<Certificate> = {}): Certificate => ({
  id: '45',
  label: 'Log in',
  subject: 'CN=VIRTANEN ANNA\\, JR,O=Esimerkki Oy,C=FI',
  issuer: 'CN=Test CA,C=FI',
  serialNumber: '0a',
  notBefore: '2024-05-12T00:00:00Z',
  notAfter,
  usage: ['digitalSignature'],
  email: ['anna@example.org'],
  sha256: 'ab',
  key: { algorithm: 'EC', size: 384, curve: 'P-384', pin: 'PIN1' },
  ...more,
});

/** A card in use. */
export const card = (more: Partial<Card> = {}): Card => ({
  id: 'card-1',
  reader: 'R',
  profile: 'fineid',
  label: 'Organisation card',
  holder: 'VIRTANEN ANNA',
  atr: '3b00',
  pins: [pin('PIN1'), pin('PIN2')],
  puk: pin('PUK'),
  certificates: [certificate('2029-05-12T20:59:59Z')],
  notes: [],
  ...more,
});

/** A plugin with these commands. */
export const plugin = (
  name: string,
  commands: readonly string[],
  state: PluginState['state'] = 'stopped',
): PluginState => ({
  name,
  origin: 'bundled',
  folder: '/p',
  state,
  plugin: {
    texts: {
      en: { said: '{pin} is changed.' },
      sv: { said: '{pin} har bytts.' },
      fi: { said: '{pin} on vaihdettu.' },
    },
    manifest: {
      name,
      version: '1.0.0',
      title: { en: 'Codes', sv: 'Koder', fi: 'Tunnusluvut' },
      permissions: ['pins'],
      contributes: { commands: commands.map((id) => ({ id, title: id })) },
    },
  } as unknown as FoundPlugin,
});

/** Those that every state has. */
const plugins = [
  plugin('pin', ['pin.verify', 'pin.change', 'pin.unlock']),
  plugin('activation', ['activation.activate']),
];

/** A desk’s state that differs from an empty one by `more`. */
export const state = (more: Partial<DeskState>): DeskState => ({
  now,
  language: 'en',
  readers: [],
  details: new Map(),
  plugins,
  log: () => [],
  panel: () => [],
  lock: () => undefined,
  documents: () => [],
  documentsFolder: '/home/anna/Documents',
  fileDialog: false,
  activities: [],
  chosen: { plugins: {} },
  fileMenu: () => false,
  about: { version: '1', api: '1', node: '20', system: 'L', simulated: false, log: '/l', settings: '/s', plugins: [] },
  ...more,
});

/** What the window shows of it. */
export const draw = (more: Partial<DeskState>) => {
  const whole = state(more);
  return windowView(whole, deskWords(whole.language), new ReaderViews());
};
/** The same in all three languages. */
export const inAll = <T>(draw: (language: Language) => T): readonly T[] => (['en', 'sv', 'fi'] as const).map(draw);
/** What the window shows of one reader. */
export const reader = (found: Partial<Reader>, language: Language = 'en') =>
  draw({ language, readers: [{ name: 'R', state: 'ready', ...found }] }).readers[0];
