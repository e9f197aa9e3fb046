import { element } from './element.js';
import { drawForm } from './form.js';
import { answer, cancel, fetchView, stayInTouch } from './host.js';
import { drawEnd, drawLastTries, drawReader } from './screens.js';
import { sealed } from './sealed.js';
import { watchTime } from './waiting.js';

const page = document.querySelector<HTMLElement>('#page');
const view = await fetchView();
const warning = element('div', { class: 'warning', role: 'alert' });

let over = false;
let sending = false;
const touch = stayInTouch(end);
const time = watchTime(view, warning);

document.documentElement.lang = view.language;
document.title = `${view.title} – Sigill`;
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !over) giveUp();
});
// A browser that runs already gives a new app window the size of the last one; a tab stays as it is.
window.resizeTo(560, view.steps.length > 0 ? 900 : 720);
if (view.lastTries === undefined) ask(false);
else show(drawLastTries(view, () => ask(true), giveUp));

function ask(agreed: boolean): void {
  if (view.onReader) {
    show(drawReader(view, giveUp));
    void sealed(view, [], agreed)
      .then(answer)
      .catch(() => end('ended.lost'));
    return;
  }
  show(drawForm(view, { cancel: giveUp, send: (inputs) => send(inputs, agreed) }));
  document.querySelector<HTMLElement>('input')?.focus();
}

async function send(inputs: readonly HTMLInputElement[], agreed: boolean) {
  sending = true;
  try {
    const verdict = await answer(await sealed(view, inputs, agreed));
    if (verdict.kind === 'wrong') return { field: verdict.field, message: verdict.message };
    end('sent');
    return undefined;
  } catch {
    return 'unsent' as const;
  } finally {
    sending = false;
    // A browser that would keep a code finds none.
    if (over) for (const input of inputs) input.value = '';
  }
}

function giveUp(): void {
  void cancel();
  end('ended.cancelled');
}

function end(word: string): void {
  // While an answer is on its way, only what becomes of it counts: the origin ends with the question.
  if (over || (sending && word === 'ended.lost')) return;
  over = true;
  touch.leave();
  time.stop();
  for (const input of document.querySelectorAll('input')) input.value = '';
  show(drawEnd(view, word));
  // Allowed for a window that was opened as an app or by the host; elsewhere the sentence stays.
  if ((word === 'sent' && view.steps.length === 0) || word === 'ended.cancelled') window.close();
}

function show(parts: readonly HTMLElement[]): void {
  page?.replaceChildren(...parts, warning);
  page?.focus();
}
