// A running host that signs: a process of its own, so that nothing of the bench is counted in. Takes names of files, one JSON array
// a line, signs each array with one command, and answers with one JSON line: times in ms, memory in MiB.
import { createInterface } from 'node:readline';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { hostHere } from '../../host/dist/reach/host-here.js';
import { onStage, reader } from './stage.mjs';
import { familyOf, forgetPeak, used } from './watched.mjs';

const readers = new SimulatedReaders();
readers.addReader(reader);
let cardTime = 0;

/** The simulated card computes here and has no time of its own: what it takes is counted apart. */
const timed = {
  service: readers.service,
  close: () => readers.close(),
  async connect(name) {
    const connection = await readers.connect(name);
    return new Proxy(connection, {
      get(target, key) {
        const value = Reflect.get(target, key, target);
        if (key !== 'transmit') return typeof value === 'function' ? value.bind(target) : value;
        return async (apdu) => {
          const start = performance.now();
          try {
            return await target.transmit(apdu);
          } finally {
            cardTime += performance.now() - start;
          }
        };
      },
    });
  },
};

await onStage(async ({ host, person, settled }) => {
  host.plugins.start();
  const ready = settled();
  readers.insert(reader, createCard('fineid-v4'));
  await host.cards.use((await ready).card.id, async () => {});
  person.will({ current: '123456' });
  const here = hostHere(host);
  process.stdout.write('{}\n');
  for await (const line of createInterface({ input: process.stdin })) {
    const paths = JSON.parse(line);
    for (const pid of familyOf(process.pid)) forgetPeak(pid);
    const before = spent();
    cardTime = 0;
    const start = performance.now();
    const signed = await here.withDocuments({ plugin: '@sigill-plugin/pdf-sign', paths }, async ({ ids }) => {
      const { data } = await here.run('pdf-sign.sign', { documents: ids });
      return data.documents.filter(({ state }) => state === 'signed').length;
    });
    const wall = performance.now() - start;
    const now = spent();
    const answer = { wall, card: cardTime, cpu: now.cpu - before.cpu, peak: now.peak, signed };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}, timed);

function spent() {
  const all = familyOf(process.pid).map((pid) => used(pid) ?? { cpu: 0, peak: 0 });
  return { cpu: all.reduce((sum, { cpu }) => sum + cpu, 0), peak: all.reduce((sum, { peak }) => sum + peak, 0) };
}
