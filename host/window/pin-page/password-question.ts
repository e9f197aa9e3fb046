import type { Texts } from '../../messages/texts.js';
import { longestPassword, type PasswordForm } from '../../pin/password-form.js';
import type { PageQuestion } from './page-question.js';
import { pageWords } from './page-words.js';

/** The one field of the page. */
export const passwordField = 'password';

/** A question for the password of a program's database. */
export function passwordQuestion({ requester, program, folder, isWrong }: PasswordForm, texts: Texts): PageQuestion {
  const label = texts.text('password.label');
  const wrong = texts.text('password.wrong');
  const field = {
    kind: 'password',
    label,
    help: texts.text('password.help'),
    minLength: 1,
    maxLength: longestPassword,
    words: { length: texts.text('password.long'), missing: texts.text('why.missing', { field: label }), wrong },
    ...(isWrong && { refused: wrong }),
  } as const;
  const facts = [
    { name: texts.text('fact.requester'), value: requester },
    { name: texts.text('fact.purpose'), value: texts.text('purpose.password') },
    { name: texts.text('fact.program'), value: program },
    { name: texts.text('fact.folder'), value: folder },
  ];
  const own = [
    'never',
    'cancel',
    'ok',
    'sent',
    'time.soon',
    'unsent',
    'ended.cancelled',
    'ended.withdrawn',
    'ended.time',
  ];
  return {
    view: (key, patience) => ({
      language: texts.language,
      title: texts.text('title.password'),
      facts,
      think: [],
      onReader: false,
      fields: [field],
      steps: [],
      key,
      patience,
      words: {
        ...pageWords(texts, patience),
        ...Object.fromEntries(own.map((word) => [word, texts.text(`password.${word}`)])),
      },
    }),
    fields: [{ name: passwordField }],
    lastTries: false,
    onReader: false,
    judge: ({ secrets }) =>
      secrets.get(passwordField)?.length
        ? { kind: 'taken' }
        : { kind: 'wrong', field: 0, message: field.words.missing },
  };
}
