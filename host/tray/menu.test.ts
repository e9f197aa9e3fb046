import type { Card, Certificate, CommandContribution, Pin, Reader } from '@sigill/core';
import { languages } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { parseChoice } from './choice.js';
import { type TrayState, trayView } from './menu.js';
import type { MenuItem } from './tray.js';
import { trayTexts } from './tray-texts.js';

const now = new Date('2026-11-21T12:00:00Z');
const pin = (id: 'PIN1' | 'PIN2', fields: Partial<Pin> = {}): Pin => ({
  id,
  role: id === 'PIN1' ? 'basic' : 'signature',
  label: id,
  state: 'ok',
  triesLeft: 5,
  triesMax: 5,
  minLength: 4,
  maxLength: 8,
  ...fields,
});
const puk: Pin = { ...pin('PIN1'), id: 'PUK', role: 'puk', label: 'PUK' };
const certificate = (notAfter: string): Certificate => ({
  id: '45',
  label: 'sign',
  subject: 'CN=Anna',
  issuer: 'CN=CA',
  serialNumber: '01',
  notBefore: '2024-01-01T00:00:00Z',
  notAfter,
  usage: [],
  email: [],
  sha256: '00',
  key: { algorithm: 'EC', size: 384, pin: 'PIN1' },
});
const card = (fields: Partial<Card> = {}): Card => ({
  id: 'card-1',
  reader: 'Gemalto PC Twin 00 00',
  profile: 'fineid',
  label: { en: 'Organisation card', sv: 'Organisationskort', fi: 'Organisaatiokortti' },
  holder: 'Anna Virtanen',
  atr: '3b',
  pins: [pin('PIN1'), pin('PIN2')],
  puk,
  certificates: [certificate('2029-05-12T00:00:00Z')],
  notes: [],
  ...fields,
});
const reader = (fields: Partial<Reader> = {}): Reader => ({
  name: 'Gemalto PC Twin 00 00',
  state: 'ready',
  card: card(),
  ...fields,
});
const all = ['pin.verify', 'pin.change', 'pin.unlock', 'activation.activate'].map((id): CommandContribution => ({
  id,
  title: id,
}));
const state = (readers: readonly Reader[], commands: readonly CommandContribution[] = all): TrayState => ({
  readers,
  commands,
  now,
});
const view = (readers: readonly Reader[], language: 'en' | 'sv' | 'fi' = 'en', commands = all) =>
  trayView(state(readers, commands), trayTexts(language));

/** The menu as it looks: `-` for what cannot be chosen, `*` for the one that is. */
function drawn(items: readonly MenuItem[], indent = ''): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === 'separator') return [`${indent}---`];
    if (item.kind === 'menu') return [`${indent}${item.label} >`, ...drawn(item.items, `${indent}  `)];
    return [`${indent}${item.enabled ? '' : '- '}${item.checked === true ? '* ' : ''}${item.label}`];
  });
}

function items(menu: readonly MenuItem[]): readonly (MenuItem & { kind: 'item' })[] {
  return menu.flatMap((item) => (item.kind === 'menu' ? items(item.items) : item.kind === 'item' ? [item] : []));
}

describe('the menu', () => {
  it('has a line for each reader, what its card can do below, and the rest around it', () => {
    const commands = [
      ...all,
      { id: 'pdf-sign.sign', title: 'Sign' },
      { id: 'greet.wave', title: { en: 'Wave', sv: 'Vinka', fi: 'Vilkuta' } },
    ];
    const { menu } = view([reader(), { name: 'Second 01 00', state: 'empty' }], 'en', commands);
    expect(drawn(menu)).toEqual([
      'Show devices',
      'Sign PDF document …',
      '---',
      'Gemalto PC Twin: the card is ready >',
      '  Organisation card · Anna Virtanen',
      '  ---',
      '  Verify the basic code (PIN1) …',
      '  Change the basic code (PIN1) …',
      '  Unlock the basic code (PIN1) …',
      '  ---',
      '  Verify the signature code (PIN2) …',
      '  Change the signature code (PIN2) …',
      '  Unlock the signature code (PIN2) …',
      'Second: no card in the reader',
      '---',
      'Wave',
      '---',
      'Language >',
      '  * English',
      '  Svenska',
      '  Suomi',
      'Quit',
    ]);
  });

  it('unlocks a locked code first, and offers nothing else for it', () => {
    const locked = card({ pins: [pin('PIN1', { state: 'locked', triesLeft: 0 }), pin('PIN2')] });
    const { menu, icon } = view([reader({ state: 'pin-locked', card: locked })], 'sv');
    expect(icon).toBe('locked');
    expect(drawn(menu).slice(2, 9)).toEqual([
      'Gemalto PC Twin: en kod är låst >',
      '  Organisationskort · Anna Virtanen',
      '  ---',
      '  Lås upp baskoden (PIN1) …',
      '  - Kontrollera baskoden (PIN1) …',
      '  - Byt baskod (PIN1) …',
      '  ---',
    ]);
  });

  it('does not offer to unlock what no PUK can open', () => {
    const dead = card({ puk: { ...puk, state: 'locked' }, pins: [pin('PIN1', { state: 'locked' })] });
    const found = items(view([reader({ state: 'puk-locked', card: dead })]).menu);
    expect(found.filter(({ id }) => id.startsWith('run:pin')).map(({ enabled }) => enabled)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('offers activation for a new card, and nothing for codes that are not set', () => {
    const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN1'] } as const;
    const fresh = card({ activation, pins: [pin('PIN1', { state: 'not-set' })] });
    const { menu, icon } = view([reader({ state: 'not-activated', card: fresh })], 'fi');
    expect(icon).toBe('activation');
    expect(drawn(menu).slice(2, 7)).toEqual([
      'Gemalto PC Twin: kortti pitää aktivoida >',
      '  Organisaatiokortti · Anna Virtanen',
      '  ---',
      '  Aktivoi kortti …',
      '---',
    ]);
  });

  it('offers only what plugins that are there can do', () => {
    expect(items(view([reader()], 'en', []).menu).filter(({ id }) => id.startsWith('run:'))).toEqual([]);
  });

  it('without a reader says so, and whether it is the service that is missing', () => {
    expect(drawn(view([]).menu)[2]).toBe('No card reader');
    const absent = trayView({ ...state([]), serviceAbsent: true }, trayTexts('sv'));
    expect(drawn(absent.menu)[2]).toBe('Smartkortstjänsten är inte igång');
    expect(absent).toMatchObject({ icon: 'no-reader', tooltip: 'Smartkortstjänsten är inte igång' });
  });

  it('has ids that say what to do, with the card and the code', () => {
    const ids = items(view([reader()]).menu).map(({ id }) => id);
    expect(ids).toContain('run:pin.change?card=card-1&pin=PIN1');
    for (const id of ids) expect(parseChoice(id), id).toBeDefined();
  });

  it.each(languages)('in %s has a text for everything', (language) => {
    const states = ['empty', 'reading', 'ready', 'not-activated', 'half-activated', 'pin-locked'] as const;
    const others = ['puk-locked', 'no-certificate', 'unrecognised', 'error'] as const;
    const { menu, tooltip } = view(
      [...[...states, ...others].map((name, at) => ({ name: `${at}`, state: name })), reader({ busy: true })],
      language,
    );
    expect([...drawn(menu), tooltip].join('\n')).not.toMatch(/tray\.|pin\.|undefined|[{}]/);
  });
});

describe('the tooltip', () => {
  it('has reader, card and state, a line each', () => {
    expect(view([reader()]).tooltip).toBe('Gemalto PC Twin\nOrganisation card · Anna Virtanen\nthe card is ready');
  });

  it('says until when a certificate that ends soon is valid', () => {
    const ending = card({ certificates: [certificate('2026-12-01T00:00:00Z'), certificate('2029-01-01T00:00:00Z')] });
    const { icon, tooltip } = view([reader({ card: ending })], 'fi');
    expect(icon).toBe('expiring');
    expect(tooltip).toContain('varmenne on voimassa 1. joulukuuta 2026 asti');
  });

  it('stays short with a hundred readers', () => {
    const many = Array.from({ length: 100 }, (_, at): Reader => ({ name: `Reader ${at}`, state: 'empty' }));
    const { tooltip, menu } = view(many);
    expect(tooltip.split('\n')).toHaveLength(9);
    expect(tooltip).toMatch(/and 96 more readers$/);
    expect(menu).toHaveLength(105);
  });

  it('and the menu show what a card calls itself on one line', () => {
    const rude = card({ label: 'Bank\nSigill: all is well', holder: 'A\u202eB'.padEnd(500, 'x') });
    const { tooltip } = view([reader({ card: rude })]);
    expect(tooltip.split('\n')).toHaveLength(3);
    expect(tooltip).toMatch(/Bank Sigill: all is well · A Bx+…/);
  });
});

it('a plugin’s panel stands in the menu under its title, and opens there', () => {
  const title = { en: 'Mail and browsers', sv: 'E-post och webbläsare', fi: 'Sähköposti ja selaimet' };
  const { menu } = trayView({ ...state([]), panels: [{ id: 'email.set-up', title }] }, trayTexts('sv'));
  const item = menu.find((one) => one.kind === 'item' && one.label === 'E-post och webbläsare');
  expect(item?.kind === 'item' && parseChoice(item.id)).toEqual({ kind: 'show', place: 'panel:email.set-up' });
});
