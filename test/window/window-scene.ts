import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { WindowServer } from '../../host/window/window-server.js';
import { logTo } from '../faults/scene.js';
import { FakeDesk } from './fake-desk.js';
import { OriginClient } from './origin-client.js';

/** A window's origin over a fake desk, with a page of two files. */
export interface WindowScene {
  readonly desk: FakeDesk;
  readonly server: WindowServer;
  readonly lines: string[];
  /** Not let in yet. */
  readonly client: OriginClient;
}

const given: (() => void)[] = [];

afterEach(() => {
  for (const giveBack of given.splice(0)) giveBack();
});

export async function windowScene({ user }: { readonly user?: number } = {}): Promise<WindowScene> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-window-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Sigill</title>');
  writeFileSync(join(page, 'assets', 'page.js'), '// the page');
  writeFileSync(join(folder, 'secret.html'), 'beside the page');
  const lines: string[] = [];
  const desk = new FakeDesk();
  const server = await WindowServer.open({
    desk,
    page,
    log: logTo(lines),
    language: () => 'en',
    ...(user === undefined ? {} : { user }),
  });
  given.push(() => {
    server.dispose();
    rmSync(folder, { recursive: true });
  });
  return { desk, server, lines, client: new OriginClient(server.address()) };
}

/** The same with a client that was let in. */
export async function enteredScene(): Promise<WindowScene> {
  const scene = await windowScene();
  await scene.client.enter();
  return scene;
}
