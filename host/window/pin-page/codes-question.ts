import { failureText } from '../../messages/failure-text.js';
import type { Texts } from '../../messages/texts.js';
import { refusedLastTries } from '../../pin/last-tries.js';
import type { PinForm } from '../../pin/prompt.js';
import { formView } from './form-view.js';
import type { PageQuestion } from './page-question.js';

/** A question for codes of a card. `texts` are those of the page, `failures` those of the host. */
export function codesQuestion(form: PinForm, onReader: boolean, texts: Texts, failures: Texts): PageQuestion {
  const { fields, lastTries } = form;
  return {
    view: (key, patience) => formView({ form, texts, key, patience, onReader }),
    fields: onReader ? [] : fields,
    lastTries,
    onReader,
    judge({ secrets, agreed }) {
      if (refusedLastTries(form, agreed) !== undefined)
        return { kind: 'wrong', field: 0, message: texts.text('last.sure') };
      if (onReader) return { kind: 'taken' };
      for (const [field, { name }] of fields.entries()) {
        const found = form.check(name, secrets);
        if (found !== undefined) return { kind: 'wrong', field, message: failureText(failures, found) };
      }
      return { kind: 'taken' };
    },
  };
}
