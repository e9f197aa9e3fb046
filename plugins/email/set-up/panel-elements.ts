import type { Certificate, LocalText, Message, PanelElement, PanelField, ProgramProfile } from '@sigill/core';
import { messagesPanel } from '../smime/messages-panel.js';
import { finding } from './finding.js';
import { panelText } from './panel-text.js';
import { inWindow } from '../place.js';
import { trustField } from './trust.js';
import { fewestDigits } from './wish.js';
import { fingerprint, nameIn, whereIs } from './words.js';

/** What the panel knows when it is drawn. */
export interface PanelFacts {
  readonly profiles: readonly ProgramProfile[];
  /** What the set-up would change, and what it would leave. */
  readonly plan: readonly Message[];
  /** Something would be changed. */
  readonly isLacking: boolean;
  /** CA certificates that the person can let vouch for mail. */
  readonly authorities: readonly Certificate[];
  /** What came of the last command. */
  readonly report?: readonly Message[] | undefined;
}

/** The set-up as one page: what came of it last, the programs, what would be changed, what can be trusted, the buttons; and mails in files. */
export function panelElements({ profiles, plan, isLacking, authorities, report }: PanelFacts): readonly PanelElement[] {
  const programs = profiles.map((profile) => ({ title: whereIs(profile), detail: stateText(profile) }));
  return [
    { kind: 'text', text: panelText('panel.text') },
    ...(report ? [heading('panel.report'), findings(report)] : []),
    heading('panel.profiles'),
    ...(programs.length > 0
      ? [{ kind: 'list', items: programs } as const]
      : [{ kind: 'text', text: panelText('none') } as const]),
    ...(plan.length > 0 ? [heading('panel.plan'), findings(plan)] : []),
    ...(authorities.length > 0
      ? [heading('panel.trust'), { kind: 'text', text: panelText('panel.trust.text') } as const]
      : []),
    ...(isLacking ? [form(authorities)] : []),
    {
      kind: 'buttons',
      buttons: [
        { command: 'email.check', args: inWindow, label: panelText('panel.check') },
        { command: 'email.check', args: { ...inWindow, sign: 'yes' }, label: panelText('panel.trial') },
        { command: 'email.undo', args: inWindow, label: panelText('panel.undo') },
      ],
    },
    ...messagesPanel,
  ];
}

const heading = (key: string): PanelElement => ({ kind: 'heading', text: panelText(key) });

const findings = (messages: readonly Message[]): PanelElement => ({
  kind: 'findings',
  findings: messages.map(finding),
});

const form = (authorities: readonly Certificate[]): PanelElement => ({
  kind: 'form',
  id: 'set-up',
  fields: authorities.map(box),
  submit: { command: 'email.apply', args: { ...inWindow, wait: 'yes' }, label: panelText('panel.apply') },
});

function box({ subject, sha256 }: Certificate): PanelField {
  return {
    key: `${trustField}${sha256.slice(0, fewestDigits)}`,
    label: panelText('trust.confirm', { name: nameIn(subject) }),
    help: fingerprint(sha256),
    type: 'boolean',
    default: false,
  };
}

function stateText({ bar, registered }: ProgramProfile): LocalText {
  if (bar === 'confined') return panelText('panel.confined');
  if (registered) return panelText('panel.registered');
  return panelText(bar === 'running' ? 'panel.running' : 'panel.absent');
}
