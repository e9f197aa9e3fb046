import { OriginClient } from '../window/origin-client.js';
import type { RunningHost } from './running-host.js';

/** Starts a command of a plugin in the window of a host that runs, and gives the address at which it asks for the code. */
export async function pinPage({ home }: RunningHost, command: string, pin: string): Promise<string> {
  const { output } = await home.sigill(['window', '--print']);
  const window = new OriginClient(output.trim());
  await window.enter();
  const view = await fetch(`${window.origin}/api/view`, { headers: { Cookie: window.cookie } });
  let told = '';
  const reader = view.body?.pipeThrough(new TextDecoderStream()).getReader();
  const wait = async (words: RegExp): Promise<string> => {
    for (;;) {
      const found = words.exec(told)?.[1];
      if (found !== undefined) return found;
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) throw new Error(`The window ended without ${String(words)}`);
      told += value;
    }
  };
  const card = await wait(/"card":"([0-9a-f-]{36})"/);
  await window.post('/api/request', 'application/json', JSON.stringify({ kind: 'run', command, args: { card, pin } }));
  const address = await wait(/"pinPage":"([^"]+)"/);
  await reader?.cancel();
  return address;
}
