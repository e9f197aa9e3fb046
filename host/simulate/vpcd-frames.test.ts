import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VpcdFrames, vpcdFrame } from './vpcd-frames.js';

it('messages come out whole and in order, however they were cut', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 6 });
  const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 300 }));
  fc.assert(
    fc.property(bodies, cuts, (messages, sizes) => {
      let rest = Uint8Array.from(messages.flatMap((message) => [...vpcdFrame(message)]));
      const frames = new VpcdFrames();
      const found: Uint8Array[] = [];
      for (const size of sizes) {
        if (rest.length === 0) break;
        found.push(...frames.push(rest.subarray(0, size)));
        rest = rest.slice(size);
      }
      expect(found).toEqual(messages);
    }),
  );
});
