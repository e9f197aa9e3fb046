import type { RunningProgram } from '../../mail/programs.js';

interface Reference {
  readonly [key: string]: string;
}

/** Goes to the window whose address ends with `page`, as soon as it is there and `ready` is true in it. */
export async function goTo({ driver }: RunningProgram, page: string, ready = 'true'): Promise<void> {
  for (;;) {
    for (const handle of (await driver.call('WebDriver:GetWindowHandles', {})) as readonly string[]) {
      const there = await driver
        .call('WebDriver:SwitchToWindow', { handle, focus: true })
        .then(() => driver.run<boolean>(isThere(ready), page))
        // A window that closes meanwhile, or is not drawn yet.
        .catch(() => false);
      if (there) return;
    }
  }
}

const isThere = (ready: string): string =>
  `return location.href.endsWith(arguments[0]) && document.readyState === 'complete' && !!(${ready});`;

/** Resolves with what `script` gives in the window, as soon as that is something. */
export async function seen<T>({ driver }: RunningProgram, script: string, ...args: readonly unknown[]): Promise<T> {
  for (;;) {
    const found = await driver.run<T | null>(script, ...args);
    if (found !== null && found !== undefined && (found as unknown) !== false) return found;
  }
}

/** Clicks an element of the window, as a mouse does. */
export async function click(program: RunningProgram, selector: string): Promise<void> {
  await program.driver.call('WebDriver:ElementClick', { id: await element(program, selector) });
}

/** Presses the keys of a text in an element of the window; `\n` is Enter. */
export async function type(program: RunningProgram, selector: string, text: string): Promise<void> {
  const id = await element(program, selector);
  await program.driver.call('WebDriver:ElementSendKeys', { id, text: text.replaceAll('\n', '\uE007') });
}

async function element({ driver }: RunningProgram, selector: string): Promise<string> {
  const wanted = { using: 'css selector', value: selector };
  const { value } = (await driver.call('WebDriver:FindElement', wanted)) as { readonly value: Reference };
  const [id] = Object.values(value);
  if (id === undefined) throw new Error(`no ${selector}`);
  return id;
}
