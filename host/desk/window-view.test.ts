import type { Card, Certificate, Language, Pin, Reader } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import type { FoundPlugin } from '../plugins/finder.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { Activity } from './activity.js';
import type { DeskState } from './desk-state.js';
import { deskWords } from './desk-texts.js';
import { ReaderViews } from './reader-views.js';
import { windowView } from './window-view.js';

const now = new Date('2026-11-21T12:00:00Z');

const pin = (id: 'PIN1' | 'PIN2' | 'PUK', more: Partial<Pin> = {}): Pin => ({
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

const certificate = (notAfter: string, more: Partial<Certificate> = {}): Certificate => ({
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

const card = (more: Partial<Card> = {}): Card => ({
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

const plugin = (name: string, commands: readonly string[], state: PluginState['state'] = 'stopped'): PluginState => ({
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

const plugins = [
  plugin('pin', ['pin.verify', 'pin.change', 'pin.unlock']),
  plugin('activation', ['activation.activate']),
];

const state = (more: Partial<DeskState>): DeskState => ({
  now,
  language: 'en',
  readers: [],
  details: new Map(),
  plugins,
  log: () => [],
  panel: () => [],
  activities: [],
  chosen: { plugins: {} },
  about: { version: '1', api: '1', node: '20', system: 'L', simulated: false, log: '/l', settings: '/s', plugins: [] },
  ...more,
});

const draw = (more: Partial<DeskState>) => {
  const whole = state(more);
  return windowView(whole, deskWords(whole.language), new ReaderViews());
};
const inAll = <T>(draw: (language: Language) => T): readonly T[] => (['en', 'sv', 'fi'] as const).map(draw);
const reader = (found: Partial<Reader>, language: Language = 'en') =>
  draw({ language, readers: [{ name: 'R', state: 'ready', ...found }] }).readers[0];

describe('a reader', () => {
  it('says its state in the issuers’ words', () => {
    expect(inAll((language) => reader({ card: card() }, language)?.state)).toEqual([
      'the card is ready',
      'kortet är klart att användas',
      'kortti on valmis käytettäväksi',
    ]);
  });

  it('has one of the nine icons', () => {
    const near = { card: card({ certificates: [certificate('2026-12-01T00:00:00Z')] }) };
    const icons = (['empty', 'reading', 'not-activated', 'pin-locked', 'no-certificate', 'error'] as const).map(
      (state) => reader({ state })?.icon,
    );
    expect([...icons, reader(near)?.icon]).toEqual([
      'no-card',
      'reading',
      'activation',
      'locked',
      'no-certificate',
      'unrecognised',
      'expiring',
    ]);
    expect(reader(near)?.advice[0]).toContain('1 December 2026');
  });

  it('with a new card offers its activation, and says which codes to think of', () => {
    const missing = [pin('PIN1', { state: 'not-set' }), pin('PIN2', { state: 'not-set' })];
    const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN1', 'PIN2'] } as const;
    const view = reader({ state: 'not-activated', card: card({ pins: missing, activation }) }, 'sv');
    expect(view?.actions).toEqual([
      { command: 'activation.activate', args: { card: 'card-1' }, label: 'Aktivera kortet' },
    ]);
    expect(view?.advice).toEqual([
      'Kortet är nytt. Ha brevet med aktiveringskoden till hands och tänk först ut dina nya koder: baskod (PIN1) och signaturkod (PIN2).',
    ]);
    expect(view?.card?.pins[0]?.actions.every(({ why }) => why !== undefined)).toBe(true);
  });

  it('with half a card calls it finishing', () => {
    const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN2'] } as const;
    const pins = [pin('PIN1'), pin('PIN2', { state: 'not-set' })];
    const view = reader({ state: 'half-activated', card: card({ pins, activation }) });
    expect(view?.actions[0]?.label).toBe('Finish the activation');
  });

  it('with a card that it does not know gives a report to copy, without a word of any holder', () => {
    const failure = { code: 'card-unrecognised', facts: { reader: 'R', atr: '3b1234' } } as const;
    const { report = '', advice } = reader({ state: 'unrecognised', failure }) ?? { advice: [] };
    expect(JSON.parse(report)).toMatchObject({ reader: 'R', state: 'unrecognised', failure, sigill: '1' });
    expect(advice).toHaveLength(2);
  });
});

describe('a PIN', () => {
  const pins = (more: Partial<Card>) => reader({ card: card(more) })?.card?.pins ?? [];

  it('tells its tries in words and the lengths that the card allows', () => {
    const [one] = pins({ pins: [pin('PIN1', { triesLeft: 3 })] });
    expect(one).toMatchObject({ tries: '3 of 5 tries left', triesLeft: 3, triesMax: 5, lengths: '4–8 digits' });
    expect(pins({})[2]).toMatchObject({ id: 'PUK', lengths: '8 digits', actions: [] });
  });

  it('that is locked offers unlocking first, and says why not the others', () => {
    const [one] = pins({ pins: [pin('PIN1', { state: 'locked', triesLeft: 0 })] });
    expect(one?.actions.map(({ label, why }) => [label, why])).toEqual([
      ['Unlock', undefined],
      ['Verify', 'The code is locked. Unlock it first.'],
      ['Change', 'The code is locked. Unlock it first.'],
    ]);
  });

  it('cannot be unlocked without a PUK, or with a locked one', () => {
    const { puk: _, ...without } = card();
    const why = (found: Card) => reader({ card: found })?.card?.pins[0]?.actions[2]?.why;
    expect(why(without)).toBe('This card has no PUK code that could unlock it.');
    expect(why(card({ puk: pin('PUK', { state: 'locked' }) }))).toBe('The PUK code is locked.');
  });

  it('has no buttons that no plugin has; those of a disabled one say so', () => {
    const shown = (found: readonly PluginState[]) =>
      draw({ plugins: found, readers: [{ name: 'R', state: 'ready', card: card() }] }).readers[0]?.card?.pins[0]
        ?.actions;
    expect(shown([])).toEqual([]);
    expect(shown([plugin('pin', ['pin.change'], 'disabled')])?.map(({ why }) => why)).toEqual([
      'The plugin Codes is disabled.',
    ]);
  });

  it('that is being changed cannot be changed a second time meanwhile', () => {
    const running: Activity = {
      id: '1',
      command: 'pin.change',
      args: { pin: 'PIN1', card: 'card-1' },
      title: 'Change',
      state: 'running',
    };
    const { readers } = draw({ activities: [running], readers: [{ name: 'R', state: 'ready', card: card() }] });
    const whys = readers[0]?.card?.pins.slice(0, 2).map(({ actions }) => actions.map(({ why }) => why !== undefined));
    expect(whys).toEqual([
      [false, true, false],
      [false, false, false],
    ]);
  });
});

describe('a certificate', () => {
  const shown = (found: Certificate, language: Language = 'en') =>
    reader({ card: card({ certificates: [found] }) }, language)?.card?.certificates[0];

  it('says until when it is valid, and how long that is', () => {
    expect(inAll((language) => shown(certificate('2029-05-12T20:59:59Z'), language)?.validity)).toEqual([
      'valid until 12 May 2029 (in 2 years)',
      'giltigt till 12 maj 2029 (om 2 år)',
      'voimassa 12. toukokuuta 2029 asti (2 vuoden päästä)',
    ]);
  });

  it.each([
    ['2029-05-12T00:00:00Z', 'good', 'in 2 years'],
    ['2027-03-01T00:00:00Z', 'good', 'in 3 months'],
    ['2026-12-10T00:00:00Z', 'warning', 'in 18 days'],
    ['2026-11-20T00:00:00Z', 'bad', 'yesterday'],
    ['2020-01-01T00:00:00Z', 'bad', '6 years ago'],
  ])('until %s is %s', (notAfter, tone, words) => {
    const view = shown(certificate(notAfter));
    expect(view?.tone).toBe(tone);
    expect(view?.validity).toContain(`(${words})`);
  });

  it('that is not valid yet tells from when', () => {
    const later = certificate('2030-01-01T00:00:00Z', { notBefore: '2027-12-01T00:00:00Z' });
    expect(shown(later)).toMatchObject({ tone: 'warning', validity: 'valid from 1 December 2027 (in 12 months)' });
  });

  it('tells first what a person looks for, and the rest in details', () => {
    const view = shown(certificate('2029-05-12T20:59:59Z'));
    expect(view?.facts.map(({ value }) => value)).toEqual([
      'VIRTANEN ANNA, JR',
      'Test CA',
      '12 May 2024 – 12 May 2029',
      'anna@example.org',
      'log in and identify',
      'basic code (PIN1)',
    ]);
    expect(view?.details.map(({ value }) => value)).toContain('EC, P-384');
    expect(view?.actions).toEqual([
      { command: 'host.test-key', args: { card: 'card-1', key: '45' }, label: 'Test the key' },
    ]);
  });
});

describe('an activity', () => {
  const activity = (more: Partial<Activity>): Activity => ({
    id: '7',
    command: 'pin.change',
    args: {},
    plugin: 'pin',
    title: { en: 'Change a code', sv: 'Byt en kod', fi: 'Vaihda tunnusluku' },
    reader: 'R',
    state: 'running',
    ...more,
  });
  const lines = (more: Partial<Activity>) =>
    inAll((language) => draw({ language, activities: [activity(more)] }).activities[0]?.lines.join(' '));

  it('tells its end in the language of now, whatever it was then', () => {
    expect(lines({ state: 'done', messages: [{ key: 'said', values: { pin: 'PIN1' } }] })).toEqual([
      'The basic code (PIN1) is changed.',
      'Baskoden (PIN1) har bytts.',
      'Perustunnusluku (PIN1) on vaihdettu.',
    ]);
  });

  it('tells a failure without sending anybody to the command line', () => {
    const failure = { code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 1 } } as const;
    expect(lines({ state: 'failed', failure })[0]).toBe(
      'The basic code (PIN1) was wrong. Only 1 try is left. If you have forgotten it, set a new one with the PUK code: choose Unlock.',
    );
  });

  it('that waits shows where the code is typed, and only while it waits', () => {
    const at = { pinPage: 'http://127.0.0.1:1/?token=x' };
    const shown = (state: Activity['state']) => draw({ activities: [activity({ ...at, state })] }).activities[0];
    expect(shown('waiting')).toMatchObject({ ...at, state: 'waiting', cancellable: true });
    expect(shown('done')).not.toHaveProperty('pinPage');
    expect(shown('done')?.cancellable).toBe(false);
  });

  it('tells how far it is', () => {
    const progress = { value: 0.5, message: { key: 'said', values: { pin: 'PIN2' } } };
    const [view] = draw({ activities: [activity({ progress })] }).activities;
    expect(view).toMatchObject({ progress: 0.5, lines: ['The signature code (PIN2) is changed.'] });
  });
});

describe('plugins', () => {
  it('tell what they may, how they do, and what can be done about it', () => {
    const failed = {
      ...plugin('x', [], 'failed'),
      failure: { code: 'plugin-ended', facts: { plugin: 'x' } } as const,
    };
    const views = draw({ plugins: [plugin('pin', []), failed], log: () => ['a line'] }).plugins;
    expect(views[0]).toMatchObject({
      title: 'Codes',
      state: 'ready when needed',
      log: ['a line'],
      origin: 'came with Sigill',
    });
    expect(views[0]?.permissions[0]).toContain('it never sees the code');
    expect(views[0]?.actions.map(({ command }) => command)).toEqual(['host.plugin.start', 'host.plugin.disable']);
    expect(views[1]?.failure).toContain('stopped before it was done');
    expect(views[1]?.actions.map(({ command }) => command)).toEqual(['host.plugin.enable', 'host.plugin.disable']);
  });
});

it('readers that did not change are not drawn again', () => {
  const views = new ReaderViews();
  const readers: readonly Reader[] = [0, 1, 2].map((at) => ({ name: `R${at}`, state: 'empty' }));
  const first = windowView(state({ readers }), deskWords('en'), views).readers;
  const changed = [readers[0], { name: 'R1', state: 'reading' }, readers[2]] as readonly Reader[];
  const second = windowView(state({ readers: changed }), deskWords('en'), views).readers;
  expect(second.map((view, at) => view === first[at])).toEqual([true, false, true]);
  const swedish = windowView(state({ readers: changed, language: 'sv' }), deskWords('sv'), views).readers;
  expect(swedish[0]?.state).toBe('inget kort');
});

it('a card service that is not there is told with its cure', () => {
  expect(draw({ serviceAbsent: 'no pcscd' }).service).toContain('sudo apt install pcscd');
});
