import { afterEach } from 'vitest';
import { fakeHost } from './fake-host.js';

export type Fake = Awaited<ReturnType<typeof fakeHost>>;

const hosts: Fake[] = [];

afterEach(() => {
  for (const { host } of hosts.splice(0)) host.dispose();
});

/** A fake host that ends with the test. */
export async function started(...options: Parameters<typeof fakeHost>): Promise<Fake> {
  const fake = await fakeHost(...options);
  hosts.push(fake);
  return fake;
}
