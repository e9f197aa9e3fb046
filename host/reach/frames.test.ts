import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frame, Frames, type FrameKind } from './frames.js';

const limits = { words: 1_000, secret: 12 };

/** What is read of a stream that arrives in pieces, and whether it was a stream of frames. */
function read(pieces: readonly Uint8Array[]): { taken: [FrameKind, string][]; broken: boolean } {
  const taken: [FrameKind, string][] = [];
  const frames = new Frames(limits, (kind, body) => taken.push([kind, Buffer.from(body).toString('hex')]));
  try {
    for (const piece of pieces) frames.read(piece);
    return { taken, broken: false };
  } catch {
    return { taken, broken: true };
  }
}

/** `bytes` cut at places that are given as parts of its length. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map((place) => Math.floor(place * bytes.length)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const bodies = fc.array(
  fc.oneof(
    fc.tuple(fc.constant<FrameKind>('words'), fc.uint8Array({ maxLength: 1_000 })),
    fc.tuple(fc.constant<FrameKind>('secret'), fc.uint8Array({ minLength: 12, maxLength: 12 })),
  ),
  { maxLength: 6 },
);

it('frames come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(bodies, places, (sent, at) => {
      const stream = Buffer.concat(sent.map(([kind, body]) => frame(kind, body)));
      const expected = sent.map(([kind, body]) => [kind, Buffer.from(body).toString('hex')]);
      expect(read(cut(stream, at))).toEqual({ taken: expected, broken: false });
    }),
  );
});

it('a frame that has not come whole is not taken', () => {
  const whole = frame('words', new Uint8Array(100));
  for (let length = 0; length < whole.length; length += 1)
    expect(read([whole.slice(0, length)])).toEqual({ taken: [], broken: false });
});

it.each([
  ['words that are too long', Uint8Array.of(0, 0, 0, 3, 233)],
  ['the longest there could be', Uint8Array.of(0, 255, 255, 255, 255)],
  ['a value of another length', frame('secret', new Uint8Array(11))],
  ['a longer one', frame('secret', new Uint8Array(13))],
  ['an unknown kind', Uint8Array.of(2, 0, 0, 0, 0)],
])('%s: the stream is broken before its body is waited for', (_, bytes) => {
  expect(read([bytes.slice(0, 5)])).toEqual({ taken: [], broken: true });
});

it('any bytes are frames within their limits, or broken', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), places, (bytes, at) => {
      for (const [kind, body] of read(cut(bytes, at)).taken)
        expect(body.length / 2).toBeLessThanOrEqual(kind === 'words' ? limits.words : limits.secret);
    }),
  );
});
