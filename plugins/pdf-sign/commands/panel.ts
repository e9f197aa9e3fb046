import {
  type Cards,
  inLanguage,
  type Language,
  languages,
  type LocalText,
  type Panels,
  type SettingChoice,
} from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import { candidatesIn } from './candidates.js';
import { levels } from './levels.js';
import { personName } from './person-name.js';
import { wordsIn } from './words.js';

/** The panel of this plugin. */
export const panelId = 'pdf-sign.documents';

/** Shows the forms for signing, checking and extending documents, with the certificates of the cards that are in. */
export async function showPanel(panels: Panels, cards: Cards): Promise<void> {
  const texts = await Promise.all(languages.map(async (language) => [language, await wordsIn(language)] as const));
  const say = (key: string): LocalText =>
    Object.fromEntries(texts.map(([language, words]) => [language, words(key)])) as Record<Language, string>;
  const documents = (many: boolean) =>
    ({ type: 'documents', key: 'documents', label: say('panel.documents'), accept: ['pdf'], many }) as const;
  const text = (key: string) => ({ type: 'text', key, label: say(`setting.${key}`), default: '' }) as const;
  const password = { type: 'password', key: 'passwords', documents: 'documents', locked: 'pdf-sign.locked' } as const;
  const level = { type: 'choice', key: 'level', label: say('setting.level') } as const;
  const named = (all: readonly string[]): SettingChoice[] => all.map((value) => ({ value, label: value }));
  const certificates: SettingChoice[] = candidatesIn(await firstValueFrom(cards.readers), Date.now())
    .filter(({ fit }) => fit !== 'unfit')
    .slice(0, 50)
    .map(({ certificate, fit }) => ({
      value: certificate.sha256,
      label: Object.fromEntries(
        languages.map((language) => [
          language,
          `${personName(certificate.subject)} · ${inLanguage(certificate.label, language)} · ${inLanguage(say(`fit.${fit}`), language)}`.slice(
            0,
            200,
          ),
        ]),
      ) as Record<Language, string>,
    }));
  const certificate = { type: 'choice', key: 'certificate', label: say('panel.certificate'), default: '' } as const;
  await panels.show(panelId, [
    { kind: 'heading', text: say('panel.sign') },
    {
      kind: 'form',
      id: 'sign',
      fields: [
        documents(true),
        password,
        { ...certificate, choices: [{ value: '', label: say('panel.usual') }, ...certificates] },
        { ...level, default: '', choices: [{ value: '', label: say('panel.level.usual') }, ...named(levels)] },
        text('reason'),
        text('location'),
        { type: 'area', key: 'place', label: say('panel.place'), documents: 'documents', default: '' },
      ],
      submit: { command: 'pdf-sign.sign', label: say('panel.sign.do') },
    },
    { kind: 'heading', text: say('panel.verify') },
    {
      kind: 'form',
      id: 'verify',
      fields: [documents(true), password],
      submit: { command: 'pdf-sign.verify', label: say('panel.verify.do') },
    },
    { kind: 'heading', text: say('panel.extend') },
    { kind: 'text', text: say('panel.extend.help') },
    {
      kind: 'form',
      id: 'extend',
      fields: [documents(true), password, { ...level, default: 'B-LTA', choices: named(levels.slice(1)) }],
      submit: { command: 'pdf-sign.extend', label: say('panel.extend.do') },
    },
  ]);
}
