// What the window learns of a hundred simulated readers, and when.
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { filter, firstValueFrom, of } from 'rxjs';
import { HostDesk } from '../../host/dist/desk/host-desk.js';
import { PluginLogs } from '../../host/dist/desk/plugin-logs.js';
import { Settings } from '../../host/dist/settings/settings.js';
import { onStage } from './stage.mjs';
import { median, tell } from './tell.mjs';

const count = 100;
const about = { version: '0', api: '0', node: '0', system: '', simulated: true, log: '', settings: '', plugins: [] };

export async function events() {
  const readers = new SimulatedReaders();
  const names = Array.from({ length: count }, (_, at) => `Bench ${String(at).padStart(2, '0')} 00`);
  const cards = names.map(() => createCard('fineid-v4', 'normal'));
  await onStage(async ({ host }) => {
    const settings = new Settings({ read: () => ({}), look: () => ({}), change: (make, otherwise) => make(otherwise) });
    const needs = { host, settings, about, logs: new PluginLogs([]), language: 'en', asking: of(undefined) };
    const desk = new HostDesk({ ...needs, autostart: () => {} });
    desk.start();
    // A window that is open: views are made for it.
    desk.view.subscribe();
    const seen = (is) => firstValueFrom(desk.view.pipe(filter(is)));
    names.forEach((name, at) => (readers.addReader(name), readers.insert(name, cards[at])));
    await seen((view) => view.readers.length === count && view.readers.every(({ icon }) => icon === 'ready'));
    // What the cards' queues still have to read is not part of it.
    for (const { card } of await firstValueFrom(host.cards.readers)) await host.cards.use(card.id, async () => {});
    const began = performance.now();
    const swedish = seen((view) => view.language === 'sv');
    await desk.request({ kind: 'language', language: 'sv' });
    await swedish;
    tell({ name: `another language, at ${count} readers`, value: performance.now() - began, unit: 'ms' });
    const times = [];
    for (const [at, name] of names.entries()) {
      const start = performance.now();
      const shown = seen((view) => view.readers[at].icon === 'no-card').then((view) => JSON.stringify(view));
      readers.remove(name);
      await shown;
      times.push(performance.now() - start);
    }
    tell({ name: `removal to the window’s view, at ${count} readers`, value: median(times), unit: 'ms', budget: 50 });
    desk.dispose();
  }, readers);
}
