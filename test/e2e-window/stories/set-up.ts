import { readFileSync } from 'node:fs';
import { type Certificate, type Language, languages, type Message, type ProfileId } from '@sigill/core';
import { panelViews } from '../../../host/desk/panel-view.js';
import { hostTexts } from '../../../host/messages/texts.js';
import type { PluginState } from '../../../host/plugins/plugin-state.js';
import type { PanelView } from '../../../host/window/view/panel-view.js';
import { panelElements } from '../../../plugins/email/set-up/panel-elements.js';
import { saidIn } from '../../../plugins/email/place.js';
import type { Story } from './say.js';

/** The panel of the set-up in the plugin's own words: before it, and with the report of a check. */
export const setUpStories: Readonly<Record<'set-up' | 'set-up-checked', Story>> = {
  'set-up': (say) => ({ panels: panel(say('en', 'sv', 'fi') as Language, plan) }),
  'set-up-checked': (say) => ({
    panels: panel(say('en', 'sv', 'fi') as Language, [{ key: 'email.plan.nothing' }], checked),
  }),
};

const firefox = 'Firefox (default-esr, ~/.mozilla/firefox/a1b2c3d4.default-esr)';
const thunderbird = 'Thunderbird (default, ~/.thunderbird/e5f6a7b8.default)';
const chromium = 'Chromium (~/.pki/nssdb)';
const address = 'anna.virtanen@sigill.example';
const sha256 = '5cac90f6a6b2f15607e69e34806b59480a3170417b8cc914a0aaafb95875b789';
const fingerprint = sha256.toUpperCase().match(/../g)?.join(':') ?? '';
const root = { subject: 'CN=Sigill TEST Root CA,C=FI', sha256 } as Certificate;

const plan: readonly Message[] = [
  { key: 'email.plan.module', values: { where: firefox } },
  {
    key: 'email.plan.authority-if',
    values: { where: firefox, name: 'Sigill TEST Root CA', fingerprint, trusted: 'yes' },
  },
  { key: 'email.plan.account', values: { where: thunderbird, address, use: 'both' } },
  { key: 'email.waiting', values: { where: chromium } },
];

const checked: readonly Message[] = [
  { key: 'email.check.module' },
  { key: 'email.check.not-listening' },
  { key: 'email.check.card', values: { reader: 'Gemalto PC Twin Reader 00 00' } },
  {
    key: 'email.check.certificate',
    values: { subject: 'VIRTANEN ANNA 99900001A', until: '2029-05-12', addresses: address },
  },
  { key: 'email.check.login', values: { count: 1 } },
  { key: 'email.test.loaded', values: { where: firefox, certificates: 2 } },
  { key: 'email.test.absent', values: { where: chromium } },
  { key: 'email.check.account', values: { where: thunderbird, address, state: 'set' } },
];

const panels = [
  {
    id: 'email.set-up',
    title: { en: 'Mail and browsers', sv: 'E-post och webbläsare', fi: 'Sähköposti ja selaimet' },
  },
];
const texts = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(
      readFileSync(new URL(`../../../plugins/email/messages/${language}.json`, import.meta.url), 'utf8'),
    ) as Record<string, string>,
  ]),
);

function panel(language: Language, planned: readonly Message[], report?: readonly Message[]): readonly PanelView[] {
  const isDone = report !== undefined;
  const profile = (program: 'firefox' | 'thunderbird' | 'shared', name: string, folder: string, registered = isDone) =>
    ({ id: name as ProfileId, program, packaging: 'system', name, folder, registered, identities: [] }) as const;
  const elements = panelElements({
    profiles: [
      profile('firefox', 'default-esr', '~/.mozilla/firefox/a1b2c3d4.default-esr'),
      profile('thunderbird', 'default', '~/.thunderbird/e5f6a7b8.default'),
      { ...profile('shared', 'nssdb', '~/.pki/nssdb', false), bar: 'running' },
    ],
    plan: saidIn('window', planned),
    isLacking: !isDone,
    authorities: isDone ? [] : [root],
    report: report && saidIn('window', report),
  });
  const state = {
    name: '@sigill-plugin/email',
    state: 'running',
    plugin: { manifest: { title: panels[0]?.title, contributes: { panels } }, texts },
  } as unknown as PluginState;
  const offered = { why: () => undefined } as never;
  return panelViews(
    state,
    () => elements,
    () => [],
    offered,
    hostTexts(language),
  );
}
