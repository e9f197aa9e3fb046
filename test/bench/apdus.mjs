// Commands that a card is sent, GET RESPONSE apart. Counts do not depend on the computer: one over its budget is an error.
import { createCard } from '@sigill/core/sim';
import { selectFile } from '@sigill/core/card';
import { withReader } from './insert.mjs';
import { tell } from './tell.mjs';

const cards = [
  ['fineid-v4', {}],
  ['fineid-v4', { certificates: 'small' }],
  ['fineid-v3', {}],
  ['fineid-org', {}],
  ['siths-like', {}],
  ['myeid', {}],
];

export async function apdus() {
  for (const [name, options] of cards) {
    await withReader(async ({ host, person, insert, remove }) => {
      const what = options.certificates === undefined ? name : `${name} ${options.certificates}`;
      const simulated = createCard(name, 'normal', options);
      const cold = await insert(simulated);
      const sizes = await certificateSizes(host, cold.card.id);
      const budget = 2 + cold.card.pins.length + sizes.reduce((sum, size) => sum + 1 + Math.ceil(size / 256), 0);
      const held = name === 'fineid-v4';
      tell({
        name: `apdus insertion to ready, first time, ${what}`,
        value: cold.counters.apdus,
        unit: 'APDU',
        ...(held && { budget, strict: true }),
        certificates: sizes,
      });

      remove();
      const before = simulated.counters.apdus;
      const seen = await insert(simulated);
      tell({
        name: `apdus insertion to ready, seen before, ${what}`,
        value: seen.counters.apdus - before,
        unit: 'APDU',
        ...(held && { budget: 5, strict: true }),
      });

      for (const certificate of seen.card.certificates.filter(({ key }) => key.pin !== undefined).slice(0, 2)) {
        const value = await signature(host, person, simulated, seen.card.id, certificate, name);
        tell({
          name: `apdus one signature, ${what}, ${certificate.key.pin} ${certificate.key.algorithm}`,
          value,
          unit: 'APDU',
          ...(held && { budget: 7, strict: true }),
        });
      }
    });
  }
}

async function signature(host, person, simulated, card, { id: key, key: kind }, name) {
  const codes = name === 'siths-like' ? { PIN1: '123456', PIN2: '654321' } : { PIN1: '1234', PIN2: '123456' };
  person.will({ current: codes[kind.pin] });
  const rsa = kind.algorithm === 'RSA';
  const hash = rsa || kind.size <= 256 ? 256 : 384;
  const before = simulated.counters.apdus;
  const algorithm = rsa ? `RSA-PKCS1-SHA${hash}` : `ECDSA-SHA${hash}`;
  await host.signing.sign({ card, key, algorithm, digest: new Uint8Array(hash / 8).fill(1) });
  return simulated.counters.apdus - before;
}

/** Bytes of the certificates that the profile names and the card has. */
async function certificateSizes(host, card) {
  return host.cards.use(card, async ({ channel, profile }) => {
    const sizes = [];
    for (const { paths } of profile.certificates) {
      for (const path of paths) {
        const file = await selectFile(channel, path);
        if (file?.length === undefined) continue;
        sizes.push(file.length);
        break;
      }
    }
    return sizes;
  });
}
