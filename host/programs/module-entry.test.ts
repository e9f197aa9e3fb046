import { describe, expect, it } from 'vitest';
import { hasModule, moduleEntries, withModule, withoutLibraries, withoutModule } from './module-entry.js';

const internal = `library=
name=NSS Internal PKCS #11 Module
parameters=configdir='sql:/home/a' flags=
NSS=Flags=internal,critical trustOrder=75
`;
const other = 'library=/usr/lib/opensc-pkcs11.so\nname=OpenSC\n\n';
const library = '/usr/lib/x/p11-kit-client.so';

describe('the modules of an NSS database', () => {
  it.each([
    ['written by Firefox', `${internal}\n`],
    ['without a line feed at its end', internal.trimEnd()],
    ['with another module', `${internal}\n${other}`],
    ['empty', ''],
    ['with the line ends of Windows', `${internal}\n`.replaceAll('\n', '\r\n')],
  ])('%s: ours comes and goes, and what others wrote stays', (_, text) => {
    const added = withModule(text, library);
    expect(hasModule(added, library)).toBe(true);
    expect(moduleEntries(added)).toHaveLength(moduleEntries(text).length + 1);
    expect(withoutModule(added).trimEnd()).toBe(text.trimEnd());
  });

  it('an older entry of ours with another path is replaced', () => {
    const moved = withModule(withModule(`${internal}\n`, '/old/p11-kit-client.so'), library);
    expect(moved).toBe(withModule(`${internal}\n`, library));
  });

  it('the same library under another name is enough', () => {
    expect(hasModule(`${internal}\nlibrary=${library}\nname=card\n\n`, library)).toBe(true);
  });

  it('tools on a copy load nothing but NSS itself', () => {
    expect(withoutLibraries(withModule(`${internal}\n${other}`, library))).toBe(`${internal}\n`);
  });
});
