import type { PinPageVerdict, PinPageView } from '../view.js';

/** Asks the host what to show. */
export async function fetchView(): Promise<PinPageView> {
  const response = await fetch('/form');
  if (!response.ok) throw new Error(`The question is not there: ${response.status}`);
  return (await response.json()) as PinPageView;
}

/** Sends the answer. Fails when it did not arrive. */
export async function answer(body: Uint8Array<ArrayBuffer>): Promise<PinPageVerdict> {
  const response = await post('/answer', body);
  if (response.status !== 200 && response.status !== 422) throw new Error(`Not taken: ${response.status}`);
  return (await response.json()) as PinPageVerdict;
}

/** Tells that the person cancels. */
export async function cancel(): Promise<void> {
  await post('/cancel').catch(() => undefined);
}

/** Tells that the person is still there. */
export async function more(): Promise<void> {
  await post('/more').catch(() => undefined);
}

/** Stays in touch, which tells the host that the page is open; `ended` hears why the question is over. */
export function stayInTouch(ended: (word: string) => void): { leave(): void } {
  const events = new EventSource('/open');
  const leave = (): void => events.close();
  events.addEventListener('ended', ({ data }) => {
    leave();
    ended(String(data));
  });
  // The host ends its origin with the question: there is nothing to come back to.
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) ended('ended.lost');
    else void fetch('/form').catch(() => (leave(), ended('ended.lost')));
  });
  return { leave };
}

function post(path: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return fetch(path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
}
