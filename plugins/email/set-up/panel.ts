import type { Cards, LocalText, PanelElement, Panels, PanelField, Programs } from '@sigill/core';
import { cardsNow } from './cards-now.js';
import { trustField } from './trust.js';
import { fewestDigits } from './wish.js';
import { fingerprint, nameIn, whereIs } from './words.js';

/** Words of the plugin by key, in all languages: panels are shown in the person's. */
export type PanelText = (key: string, values?: Readonly<Record<string, string>>) => LocalText;

export const panelId = 'email.set-up';

/** Shows the programs with what can be done, and a box for each CA certificate that can be trusted. */
export async function showPanel(panels: Panels, programs: Programs, cards: Cards, text: PanelText): Promise<void> {
  const [profiles, found] = await Promise.all([programs.profiles(), cardsNow(cards)]);
  const fields = found
    .flatMap(({ authorities }) => authorities)
    .map(({ subject, sha256 }): PanelField => {
      const label = text('trust.confirm', { name: nameIn(subject) });
      return {
        key: `${trustField}${sha256.slice(0, fewestDigits)}`,
        label,
        help: fingerprint(sha256),
        type: 'boolean',
        default: false,
      };
    });
  const items = profiles.map((profile) => {
    const { bar, registered } = profile;
    const state = bar === 'running' || bar === 'confined' ? bar : registered ? 'registered' : 'absent';
    return { title: whereIs(profile), detail: text(`panel.${state}`) };
  });
  const submit = { command: 'email.apply', label: text('panel.apply') };
  const elements: readonly PanelElement[] = [
    { kind: 'text', text: text('panel.text') },
    { kind: 'heading', text: text('panel.profiles') },
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : [{ kind: 'text' as const, text: text('none') }]),
    { kind: 'form', id: 'set-up', fields, submit },
    {
      kind: 'buttons',
      buttons: [
        { command: 'email.check', label: text('panel.check') },
        { command: 'email.undo', label: text('panel.undo') },
      ],
    },
  ];
  await panels.show(panelId, elements);
}
