import type {
  Card,
  CardDetails,
  Cards,
  Certificate,
  PanelElement,
  ProfileId,
  ProgramProfile,
  Programs,
  Reader,
  SetUpWish,
} from '@sigill/core';
import { EMPTY, of } from 'rxjs';
import { beforeEach, expect, it } from 'vitest';
import { finding } from './finding.js';
import { SetUpPanel } from './panel.js';

const profile: ProgramProfile = {
  id: 'p' as ProfileId,
  program: 'thunderbird',
  packaging: 'system',
  name: 'n',
  folder: '~/n',
  registered: false,
  identities: [],
};
const root = { id: '01', subject: 'CN=Root', issuer: 'CN=Root', sha256: 'ab'.repeat(32) } as unknown as Certificate;
const card = { id: 'c', certificates: [root] } as unknown as Card;
const cards: Cards = {
  readers: of([{ name: 'r', state: 'ready', card } as Reader]),
  events: EMPTY,
  details: async () => ({ caCertificates: [root] }) as unknown as CardDetails,
  certificate: () => Promise.reject(new Error('not asked')),
};

let shown: (readonly PanelElement[])[];
let wishes: SetUpWish[];
let drawn: () => void;
beforeEach(() => {
  [shown, wishes] = [[], []];
});

const log = { debug() {}, info() {}, warn: (line: string) => expect.fail(line), error() {} };
const trusted = { kind: 'authority', profile: profile.id, name: 'Root', sha256: root.sha256, trusted: true } as const;

function panel(more: Partial<Programs> = {}): SetUpPanel {
  const plan: Programs['plan'] = async (wish) => {
    wishes.push(wish);
    return { done: [{ kind: 'module', profile: profile.id }, trusted], left: [] };
  };
  const programs = { profiles: async () => [profile], plan, ...more } as unknown as Programs;
  const show = async (_id: string, elements: readonly PanelElement[]) => {
    shown.push(elements);
    drawn();
  };
  return new SetUpPanel({ show }, programs, cards, log);
}

/** Draws it once, and gives what is drawn. */
async function draw(what: SetUpPanel): Promise<readonly PanelElement[]> {
  const done = new Promise<void>((resolve) => (drawn = resolve));
  what.show();
  await done;
  return shown.at(-1) ?? [];
}

const keys = (elements: readonly PanelElement[]) =>
  elements.flatMap((one) => (one.kind === 'findings' ? [one.findings.map(({ message }) => message.key)] : []));

it('shows what would be changed, and a box for each CA certificate with its fingerprint', async () => {
  const elements = await draw(panel());
  expect(keys(elements)).toEqual([['email.plan.module', 'email.plan.authority-if']]);
  const form = elements.find((one) => one.kind === 'form');
  expect(form).toMatchObject({
    fields: [{ key: `trust-${'ab'.repeat(20)}`, help: Array(32).fill('AB').join(':'), default: false }],
    submit: { command: 'email.apply', args: { in: 'window', wait: 'yes' } },
  });
  expect(wishes[0]?.authorities).toEqual([{ card: 'c', id: '01', trusted: true }]);
});

it('offers nothing for what every program has already, but does while one that runs cannot be looked at', async () => {
  const boxes = (elements: readonly PanelElement[]) =>
    elements.flatMap((one) => (one.kind === 'form' && one.id === 'set-up' ? [one.fields.length] : []));
  expect(boxes(await draw(panel({ plan: async () => ({ done: [], left: [] }) })))).toEqual([]);
  const left = [{ profile: profile.id, why: 'running' as const }];
  const waiting = await draw(panel({ plan: async () => ({ done: [], left }) }));
  expect([boxes(waiting), keys(waiting)]).toEqual([[1], [['email.waiting']]]);
});

it('speaks of no change where there is no program to change', async () => {
  const elements = await draw(panel({ profiles: async () => [], plan: async () => ({ done: [], left: [] }) }));
  expect(elements.filter(({ kind }) => kind === 'findings')).toEqual([]);
  expect(JSON.stringify(elements)).not.toContain('What “Set up” will change');
  expect(JSON.stringify(elements)).toContain('Programs on this computer');
});

it('keeps the report of what was started in it, and says shortly what came of it', async () => {
  const what = panel();
  drawn = () => {};
  const result = { messages: [{ key: 'email.done.module' }], data: { changes: [{}] } };
  const told = await what.told('apply', { in: 'window' }, Promise.resolve(result));
  expect(told.messages).toEqual([{ key: 'email.report.apply', values: { changes: 1 } }]);
  expect(keys(await draw(what))[0]).toEqual(['email.done.module']);
  const terminal = await what.told('apply', {}, Promise.resolve(result));
  expect(terminal.messages).toEqual(result.messages);
});

const fields = (elements: readonly PanelElement[] = []) =>
  elements.flatMap((one) => (one.kind === 'form' && one.id === 'set-up' ? one.fields.map(({ key }) => key) : []));

it('what was started in it is done when it shows how things are after it', async () => {
  drawn = () => {};
  let lacking = false;
  const work = Promise.resolve().then(() => ((lacking = true), { messages: [{ key: 'email.undo.done' }] }));
  const plan: Programs['plan'] = async () => ({ done: lacking ? [trusted] : [], left: [] });
  await panel({ plan }).told('undo', { in: 'window' }, work);
  expect(fields(shown.at(-1))).toHaveLength(1);
});

it('a look from before shows nothing once a later one is shown', async () => {
  let answer: (what: Awaited<ReturnType<Programs['plan']>>) => void = () => {};
  const first = new Promise<Awaited<ReturnType<Programs['plan']>>>((resolve) => (answer = resolve));
  const asked = new Promise<void>((resolve) => (drawn = resolve));
  let looks = 0;
  const plan: Programs['plan'] = () => {
    looks += 1;
    if (looks > 1) return Promise.resolve({ done: [trusted], left: [] });
    drawn();
    return first;
  };
  const what = panel({ plan });
  what.show();
  await asked;
  drawn = () => {};
  await what.told('undo', { in: 'window' }, Promise.resolve({ messages: [{ key: 'email.undo.done' }] }));
  answer({ done: [], left: [] });
  await draw(what);
  expect(shown.map((one) => fields(one).length)).toEqual([1, 1]);
});

it('a command that fails leaves no report of an earlier one', async () => {
  const what = panel();
  drawn = () => {};
  await what.told('undo', { in: 'window' }, Promise.resolve({ messages: [{ key: 'email.undo.nothing' }] }));
  await expect(what.told('apply', { in: 'window' }, Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(keys(await draw(what))).toHaveLength(1);
});

it.each([
  ['email.check.module', {}, 'good'],
  ['email.check.card', {}, 'good'],
  ['email.check.card-not-ready', {}, 'bad'],
  ['email.test.loaded', { certificates: 0 }, 'attention'],
  ['email.test.loaded', { certificates: 1 }, 'good'],
  ['email.check.login', { count: 0 }, 'bad'],
  ['email.check.account', { state: 'unset' }, 'attention'],
  ['email.left.password', {}, 'attention'],
  ['email.untrusted', {}, 'attention'],
  ['email.plan.module', {}, undefined],
])('%s %o stands as %s', (key, values, state) => {
  expect(finding({ key, values }).state).toBe(state);
});
