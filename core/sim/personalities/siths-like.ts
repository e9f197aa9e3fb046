import { fromHex } from '../../card/bytes.js';
import type { CardPins, CardState } from '../card-state.js';
import type { ChipImage, ChipKey, Dialect, Directory } from '../chip-image.js';
import { holderCertificate } from '../holder-certificate.js';
import { type Holder, nurseAsPerson, nurseAsStaff } from '../holders.js';
import { fineidMechanisms } from '../mechanism.js';
import { activatedStates, type CardOptions, type Personality } from '../personality.js';
import { applicationDirectory, directoryFiles, elementary } from '../pkcs15-files.js';
import { rsaKey } from '../rsa-key.js';
import { type IssuerName, testCa } from '../test-ca.js';
import { plainAlgorithms, tokenInfo } from '../token-info.js';
import { pkcs15Aid } from './fineid-citizen.js';

// Six digits, three tries; PUK of eight with ten (cards.md §3.3).
const pins: CardPins = {
  pin1: { reference: 0x81, role: 'pin', local: true, minLength: 6, maxLength: 6, triesMax: 3, puk: 0x83 },
  pin2: { reference: 0x82, role: 'pin', local: true, minLength: 6, maxLength: 6, triesMax: 3, puk: 0x83 },
  puk: { reference: 0x83, role: 'puk', local: true, minLength: 8, maxLength: 8, triesMax: 10 },
  values: { pin1: '123456', pin2: '654321', puk: '12345678' },
};

const dialect: Dialect = {
  protocols: ['T=0'],
  fileControl: 'full',
  readSize: 256,
  pin: { blockLength: 8, pad: 0x00 },
  unblock: 'puk-and-new',
  pinAttributes: false,
  dropOnSelect: false,
  logout: false,
  refuseSame: false,
  keyTag: 0x84,
  input: 'inline',
  ecdsa: 'der',
  mechanisms: fineidMechanisms,
  objects: new Map(),
};

interface Pair {
  readonly label: string;
  readonly issuer: IssuerName;
  readonly holder: Holder;
}

/** Two certificates each: for log-in and for signatures (cards.md §3.2). */
const pairs: readonly Pair[] = [
  { label: 'Person-id', issuer: 'siths-person', holder: nurseAsPerson },
  { label: 'HSA-id', issuer: 'siths-hsa', holder: nurseAsStaff },
  { label: 'Type 1', issuer: 'siths-type-1', holder: nurseAsStaff },
];

/** A Swedish health-care card in kind: generic ISO 7816-15 with an answer to reset of its own, six RSA-2048 certificates. The real profile is not public. */
export const sithsLike: Personality = { name: 'siths-like', states: activatedStates, pins, build };

function build(state: CardState, options: CardOptions): ChipImage {
  const entries = pairs.flatMap((pair, at) =>
    (['authentication', 'signature'] as const).map((use, second) => {
      const number = 2 * at + second;
      const key = rsaKey(number);
      const der = holderCertificate(
        { ...pair.holder, issuer: pair.issuer, label: `siths-like ${number}`, use, key },
        state,
        options,
      );
      const label = `${pair.label} ${use === 'authentication' ? 'legitimering' : 'underskrift'}`;
      return { use, key, der, label, id: (0x45 + number).toString(16), reference: number + 1, file: 0x4401 + number };
    }),
  );
  const { root, issuing } = testCa();
  const authorities = pairs.map(({ issuer }, at) => ({ file: 0x4411 + at, issuer }));
  const application: Directory = {
    kind: 'df',
    id: 0x5015,
    name: pkcs15Aid,
    children: [
      elementary(
        0x5032,
        tokenInfo({
          serial: fromHex('9752000000001001'),
          manufacturer: 'Sigill simulated card',
          label: 'Tjänstekort',
          algorithms: plainAlgorithms(),
        }),
      ),
      ...directoryFiles({
        application: '3f005015',
        pins: [
          { ...entry, label: 'Legitimering', id: '01', reference: 0x81, role: 'pin', minLength: 6, unblockedBy: '03' },
          { ...entry, label: 'Underskrift', id: '02', reference: 0x82, role: 'pin', minLength: 6, unblockedBy: '03' },
          { ...entry, label: 'PUK', id: '03', reference: 0x83, role: 'puk', minLength: 8, maxLength: 8 },
        ],
        keys: entries.map(({ use, ...rest }) => ({
          ...rest,
          usage: use,
          pin: use === 'authentication' ? '01' : '02',
          path: '3f005015',
        })),
        certificates: entries.map(({ label, id, file }) => ({ label, id, path: `3f005015${file.toString(16)}` })),
        trusted: [{ label: 'Sigill TEST Root CA', id: '4410', path: '3f0050154410', authority: true }],
        useful: authorities.map(({ file, issuer }) => ({
          label: issuer,
          id: file.toString(16),
          path: `3f005015${file.toString(16)}`,
          authority: true,
        })),
      }),
      ...entries.map(({ file, der }) => elementary(file, der)),
      elementary(0x4410, root.der),
      ...authorities.map(({ file, issuer }) => elementary(file, issuing[issuer].der)),
    ],
  };
  return {
    // Historical bytes: 80, then compact TLV 5A (card issuer's data) `SIGILLTEST`.
    atr: fromHex('3b7c960000 805a 534947494c4c54455354'),
    dialect: options.readSize === undefined ? dialect : { ...dialect, readSize: options.readSize },
    root: {
      kind: 'df',
      id: 0x3f00,
      children: [applicationDirectory(pkcs15Aid, 'Tjänstekort', '3f005015'), application],
    },
    application: 0x5015,
    pins: [pins.pin1, pins.pin2, pins.puk],
    keys: entries.map(({ key, reference, use }): ChipKey => {
      const signs = use === 'signature';
      return { reference, key, pin: signs ? 0x82 : 0x81, consent: signs, decrypts: !signs };
    }),
  };
}

const entry = { local: true, storedLength: 8, maxLength: 6, pad: 0x00 } as const;
