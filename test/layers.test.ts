import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import: its own parts by path, packages by name. The first row whose room matches a file counts. */
const rooms: readonly { room: RegExp; may: readonly RegExp[] }[] = [
  {
    room: /^core\/card\/certificate\.ts$/,
    may: [/^core\/(api|card)\//, /^core\/[\w-]+\.ts$/, /^@peculiar\/asn1-(schema|x509)$/, /^@noble\/hashes/],
  },
  { room: /^core\/card\//, may: [/^core\/(api|card)\//, /^core\/[\w-]+\.ts$/, /^rxjs$/] },
  { room: /^core\/cms\//, may: [/^core\/(api|cms)\//, /^core\/[\w-]+\.ts$/, /^@noble\/hashes/] },
  { room: /^core\/sim\//, may: [/^core\//, /^rxjs$/, /^@noble\//, /^@peculiar\//] },
  { room: /^core\//, may: [/^core\/api\//, /^core\/[\w-]+\.ts$/, /^rxjs$/, /^type:inversify$/] },
  { room: /^host\/cards\//, may: [/^host\/cards\//, /^@sigill\/core(\/card)?$/, /^node:/, /^rxjs$/] },
  {
    room: /^host\/pin\//,
    may: [/^host\/pin\//, /^host\/cards\/card-access\.ts$/, /^@sigill\/core(\/card)?$/, /^node:/],
  },
  {
    room: /^host\/plugins\//,
    may: [
      /^host\/plugins\//,
      /^host\/installed\.ts$/,
      /^@sigill\/core$/,
      /^node:/,
      /^rxjs$/,
      /^inversify$/,
      /^reflect-metadata$/,
      /^vscode-jsonrpc/,
    ],
  },
  { room: /^host\/documents\//, may: [/^host\/documents\//, /^@sigill\/core$/, /^node:/] },
  {
    room: /^host\/audit\//,
    // The lock between processes is the one of simulated cards; the store of documents says what it tells the journal.
    may: [
      /^host\/audit\//,
      /^host\/documents\/delivery-journal\.ts$/,
      /^host\/simulate\/lock-file\.ts$/,
      /^@sigill\/core$/,
      /^node:/,
    ],
  },
  { room: /^host\/net\//, may: [/^host\/net\//, /^@sigill\/core$/, /^node:/, /^undici$/] },
  { room: /^host\/trust\//, may: [/^host\/trust\//, /^@sigill\/core$/, /^node:/, /^rxjs$/] },
  {
    room: /^host\/pkcs11\//,
    may: [
      /^host\/(pkcs11|pin)\//,
      /^host\/cards\/card-access\.ts$/,
      /^host\/(host|paths)\.ts$/,
      // What of the rest of the host is needed to start: when readers are known, and how the program is called.
      /^host\/reach\/settled-readers\.ts$/,
      /^host\/resident\/autostart\.ts$/,
      /^@sigill\/core(\/card)?$/,
      /^node:/,
      /^rxjs$/,
      /^@noble\/curves/,
    ],
  },
  { room: /^host\/simulate\//, may: [/^host\/simulate\//, /^@sigill\/core(\/card|\/sim)?$/, /^node:/] },
  {
    room: /^host\/messages\//,
    may: [/^host\/messages\//, /^host\/installed\.ts$/, /^@sigill\/core$/, /^node:/, /^intl-messageformat$/],
  },
  { room: /^host\/log\//, may: [/^host\/log\//, /^@sigill\/core$/, /^node:/, /^pino$/] },
  { room: /^host\/installed\.ts$/, may: [/^node:/] },
  // Before there is a program: what it loads it names.
  { room: /^host\/start\//, may: [/^host\/start\//, /^type:host\/plugins\/runner\.ts$/, /^node:/] },
  { room: /^host\/paths\.ts$/, may: [/^host\/installed\.ts$/, /^node:/] },
  { room: /^host\/window\/page\/vite\.config\.ts$/, may: [/^node:/, /^vite$/] },
  {
    room: /^host\/window\/page\//,
    may: [/^host\/window\/(page\/|view\/|requests\.ts$)/, /^lit(\/|$)/, /^@awesome\.me\/webawesome\//, /^pdfjs-dist\//],
  },
  { room: /^host\/window\/pin-page\/page\//, may: [/^host\/window\/pin-page\/(page\/|view\.ts$)/] },
  {
    room: /^host\/window\/pin-page\//,
    may: [/^host\/(window|messages|pin)\//, /^host\/installed\.ts$/, /^@sigill\/core$/, /^node:/, /^rxjs$/],
  },
  {
    room: /^host\/window\//,
    may: [/^host\/(window|messages)\//, /^host\/(installed|paths)\.ts$/, /^@sigill\/core$/, /^node:/, /^rxjs$/],
  },
  {
    room: /^host\/tray\//,
    may: [
      /^host\/(tray|messages)\//,
      /^host\/window\/view\/status-icon\.ts$/,
      /^host\/(installed|paths)\.ts$/,
      /^@sigill\/core$/,
      /^node:/,
      /^rxjs$/,
      /^dbus-next$/,
      /^systray2$/,
    ],
  },
  {
    room: /^host\/notify\//,
    may: [
      /^host\/(notify|messages)\//,
      // One bus, one set of icons and one measure of what is urgent serve tray and notifications.
      /^host\/tray\/(dbus\/|icon-files|label-text|pauses|status-icon)/,
      /^host\/settings\/settings-file\.ts$/,
      /^host\/window\/view\/status-icon\.ts$/,
      /^@sigill\/core$/,
      /^node:/,
      /^rxjs$/,
    ],
  },
  {
    room: /^host\/programs\//,
    // Of host/pin only the bytes: a database's password is treated as a PIN is.
    may: [/^host\/programs\//, /^host\/pin\/secret\.ts$/, /^host\/paths\.ts$/, /^@sigill\/core(\/card)?$/, /^node:/],
  },
  {
    room: /^host\/settings\//,
    // Several processes of a person write the one file: the lock is that of the journal and of simulated cards.
    may: [
      /^host\/settings\//,
      /^host\/paths\.ts$/,
      /^host\/simulate\/lock-file\.ts$/,
      /^@sigill\/core$/,
      /^node:/,
      /^rxjs$/,
    ],
  },
  {
    room: /^host\//,
    may: [
      /^host\//,
      /^@sigill\/core(\/card|\/sim)?$/,
      /^node:/,
      /^rxjs$/,
      /^commander$/,
      /^inversify$/,
      /^reflect-metadata$/,
    ],
  },
];

/** Libraries in plain JavaScript that a plugin of ours brings along. */
const brought: Readonly<Record<string, readonly RegExp[]>> = {
  'pdf-sign': [/^@noble\//, /^fflate$/, /^sax$/, /^@cantoo\/pdf-lib$/, /^fontkit$/],
  email: [/^@noble\//],
};

/** A plugin sees itself, the public API, the two libraries that the API speaks in, and what it brings along; nothing of Node. */
const plugin = (name: string): readonly RegExp[] => [
  new RegExp(`^plugins/${name}/`),
  /^@sigill\/core(\/cms)?$/,
  /^inversify$/,
  /^rxjs$/,
  ...(brought[name] ?? []),
];

describe('imports point one way: core knows, host does, plugins ask', () => {
  const files = ['core', 'host', 'plugins'].flatMap(sources);

  it('every file imports only what its room may', () => {
    expect(files.flatMap(breaches)).toEqual([]);
  });

  it('the check sees what is there and would see a breach', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => imports(file)).length).toBeGreaterThan(100);
    expect(allowed('core/card/tlv.ts', 'node:fs')).toBe(false);
    expect(allowed('plugins/pin/index.ts', 'plugins/activation/index.ts')).toBe(false);
    expect(allowed('plugins/pin/index.ts', 'node:net')).toBe(false);
    expect(allowed('host/plugins/rpc.ts', 'host/pin/secret.ts')).toBe(false);
    expect(allowed('host/plugins/rpc.ts', '@sigill/core')).toBe(true);
  });
});

function breaches(file: string): string[] {
  return imports(file)
    .filter((target) => !allowed(file, target))
    .map((target) => `${file} → ${target}`);
}

function allowed(file: string, target: string): boolean {
  const name = /^plugins\/([\w-]+)\//.exec(file)?.[1];
  const may = name === undefined ? rooms.find(({ room }) => room.test(file))?.may : plugin(name);
  const bare = target.replace(/^type:/, '');
  return may?.some((rule) => rule.test(target) || (target !== bare && rule.test(bare))) ?? false;
}

/** Import targets of a file: `core/card/tlv.ts` for its own parts, names for packages, `type:` before what is erased. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]/gms),
    ...text.matchAll(/^\s*import()\s*['"]([^'"]+)['"]/gm),
    ...text.matchAll(/\bimport()\(\s*['"]([^'"]+)['"]/g),
  ];
  return found.map(([, type, target = '']) => `${type ? 'type:' : ''}${place(file, target)}`);
}

function place(file: string, target: string): string {
  if (!target.startsWith('.')) return target;
  return normalize(join(dirname(file), target))
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts');
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.d)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(dist|node_modules)\//.test(path));
}
