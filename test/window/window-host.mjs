// A host's window and nothing else, for attacks that a test would not survive in its own process.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BehaviorSubject } from 'rxjs';
import { WindowServer } from '../../host/dist/window/window-server.js';

const page = mkdtempSync(join(tmpdir(), 'sigill-window-'));
writeFileSync(join(page, 'index.html'), '<!doctype html><title>Sigill</title>');
const quiet = () => {};
// Large enough that a page that does not read fills every buffer on the way.
const view = (value) => ({ language: 'en', about: [{ name: 'told', value: value.padEnd(500_000, '.') }] });
const views = new BehaviorSubject(view('0'));
const server = await WindowServer.open({
  desk: { view: views, request: async () => {}, certificate: async () => ({ der: new Uint8Array(10), name: 'c' }) },
  page,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  language: () => 'en',
});
let told = 0;
process.on('message', (line) => {
  if (line === 'address') process.send(server.address());
  if (line === 'view') {
    views.next(view(String(++told)));
    setTimeout(() => process.send('shown'), 25);
  }
});
process.send(server.address());
