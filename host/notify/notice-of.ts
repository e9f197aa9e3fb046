import { join } from 'node:path';
import { type Language } from '@sigill/core';
import { pinWords } from '../messages/failure-text.js';
import { hostMessages, readEntries, Texts } from '../messages/texts.js';
import { labelText, readerNames } from '../tray/label-text.js';
import type { CardNews } from './card-news.js';
import type { Notice } from './notifications.js';

/** The words of notices together with the host's own, which name the PINs. */
export function notifyTexts(language: Language): Texts {
  const own = readEntries(join(hostMessages, 'notify'), language);
  return new Texts(language, { ...readEntries(hostMessages, language), ...own });
}

/** The key of the notice that the card in a reader needs activation. */
export function activationKey(reader: string): string {
  return `activation ${reader}`;
}

/** Tells of a card by its reader alone: whose it is, others need not read. `readers` are the names of all. */
export function cardNotice(news: CardNews, readers: readonly string[], texts: Texts): Notice {
  const reader = readerNames(readers).get(news.reader) ?? labelText(news.reader);
  const say = (key: string, values = {}) => ({
    title: texts.text(`notify.${key}.title`),
    text: texts.text(`notify.${key}`, { reader, ...values }),
    action: texts.text('notify.open'),
  });
  switch (news.kind) {
    case 'not-activated':
    case 'half-activated':
      return {
        ...say(news.kind),
        icon: 'activation',
        key: activationKey(news.reader),
        place: `activation:${news.reader}`,
      };
    case 'locked':
      return {
        ...say(news.pin === 'PUK' ? 'puk-locked' : 'locked', pinWords(texts, news.pin)),
        icon: 'locked',
        key: `locked ${news.pin} ${news.reader}`,
        place: 'codes',
      };
    case 'expiring':
      return {
        ...say('expiring', { date: texts.day(news.until) }),
        icon: 'expiring',
        key: `expiring ${news.reader}`,
        place: 'devices',
      };
  }
}

/** Tells what the host tells by itself, in words that it has already. */
export function plainNotice(key: string, title: string, text: string, texts: Texts): Notice {
  return { key, icon: 'ready', title, text, action: texts.text('notify.open'), place: 'devices' };
}

/** Tells how something ended that was started where no window is open. What the card said stands in the window. */
export function endNotice(
  {
    id,
    title,
    reader,
    failed,
  }: { readonly id: string; readonly title: string; readonly reader?: string; readonly failed: boolean },
  readers: readonly string[],
  texts: Texts,
): Notice {
  const key = failed ? 'failed' : 'done';
  const name = reader === undefined ? undefined : readerNames(readers).get(reader);
  return {
    key: `activity ${id}`,
    icon: failed ? 'unrecognised' : 'ready',
    title: labelText(title),
    text: name === undefined ? texts.text(`notify.${key}`) : texts.text(`notify.${key}.reader`, { reader: name }),
    action: texts.text('notify.open'),
    place: 'devices',
  };
}
