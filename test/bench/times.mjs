// What the host adds to a card's own time, measured with a clock that knows how long the card took.
import { setTimeout as pause } from 'node:timers/promises';
import { createCard } from '@sigill/core/sim';
import { withReader } from './insert.mjs';
import { median, tell } from './tell.mjs';

const runs = 15;

/** A card's clock in real time; `spent` is how long the card has taken. */
class CardTime {
  spent = 0;

  now() {
    return performance.now();
  }

  async wait(milliseconds) {
    const start = performance.now();
    await pause(milliseconds);
    this.spent += performance.now() - start;
  }
}

export async function times() {
  for (const latency of [0, 15]) {
    const overheads = [];
    const perApdu = [];
    const wholes = [];
    for (let run = 0; run < runs; run++) {
      await withReader(async ({ insert }) => {
        const clock = new CardTime();
        const card = createCard('fineid-v4', 'normal', { clock });
        card.latency = latency;
        const { milliseconds, counters, spent } = await timed(insert, card, clock);
        const overhead = milliseconds - spent;
        overheads.push(overhead);
        wholes.push(milliseconds);
        perApdu.push(overhead / (counters.apdus + counters.getResponses));
      });
    }
    const at = `${latency} ms per APDU`;
    tell({ name: `insertion to ready, first time, at ${at}`, value: median(wholes), unit: 'ms' });
    tell({
      name: `host beside card time, insertion to ready, at ${at}`,
      value: median(overheads),
      unit: 'ms',
      budget: 50,
    });
    tell({ name: `host per APDU, at ${at}`, value: median(perApdu) * 1000, unit: 'µs' });
  }
}

/** The card's own time until its state was told, not what it took afterwards. */
async function timed(insert, card, clock) {
  let spent = 0;
  const result = await insert(card, () => (spent = clock.spent));
  return { ...result, spent };
}
