import { fromHex } from '../../card/bytes.js';
import type { CardPins, CardState } from '../card-state.js';
import type { ChipImage, Dialect, Directory } from '../chip-image.js';
import { ecKey } from '../ec-key.js';
import { holderCertificate } from '../holder-certificate.js';
import { employee } from '../holders.js';
import { fineidMechanisms } from '../mechanism.js';
import { activatedStates, type CardOptions, type Personality } from '../personality.js';
import { applicationDirectory, type Directories, directoryFiles, elementary } from '../pkcs15-files.js';
import { testCa } from '../test-ca.js';
import { fineidAlgorithms, plainAlgorithms, tokenInfo } from '../token-info.js';
import { pkcs15Aid, productionData } from './fineid-citizen.js';

// All global and unpadded; the PUK can be neither changed nor reset (cards.md §1.5).
const common = { local: false, minLength: 4, maxLength: 8, triesMax: 5 } as const;
const pins: CardPins = {
  pin1: { ...common, reference: 0x03, role: 'pin', puk: 0x12 },
  pin2: { ...common, reference: 0x04, role: 'pin', puk: 0x12 },
  puk: { ...common, reference: 0x12, role: 'puk' },
  values: { pin1: '1234', pin2: '123456', puk: '12345678' },
};

const dialect: Dialect = {
  protocols: ['T=0', 'T=1'],
  fileControl: 'length',
  readSize: 256,
  pin: {},
  unblock: 'verify-puk-first',
  pinAttributes: false,
  dropOnSelect: false,
  logout: false,
  refuseSame: false,
  keyTag: 0x84,
  input: 'inline',
  ecdsa: 'compact',
  mechanisms: fineidMechanisms,
  objects: new Map([['809f7f', productionData]]),
};

/** Finnish organisation card on Idemia's chip: E.SIGN by name, digest inline, key 82 inside E.SIGN. From description; no independent software reads it. */
export const fineidOrg: Personality = {
  name: 'fineid-org',
  states: ['new-a', 'half', ...activatedStates],
  pins,
  build,
};

function build(state: CardState, options: CardOptions): ChipImage {
  const { root, issuing } = testCa();
  const first = ecKey('fineid-org authentication', 'P-384');
  const second = ecKey('fineid-org signature', 'P-384');
  const holder = { issuer: 'organisation', ...employee } as const;
  const info = tokenInfo({
    serial: new TextEncoder().encode('24600000000SGORG0001'),
    manufacturer: 'Sigill simulated card',
    label: 'Esimerkki Oy',
    algorithms: options.algorithms === 'plain' ? plainAlgorithms() : fineidAlgorithms(),
  });
  const certificate = (label: string, use: 'authentication' | 'signature', key: typeof first): Uint8Array =>
    holderCertificate({ ...holder, label: `fineid-org ${label}`, use, key }, state, options);
  const application: Directory = {
    kind: 'df',
    id: 0x5015,
    name: pkcs15Aid,
    children: [
      elementary(0x5032, info),
      ...directoryFiles({
        application: '3f005015',
        pins: pinEntries,
        keys: [
          {
            label: 'Authentication',
            id: '45',
            pin: '01',
            key: first,
            reference: 1,
            usage: 'authentication',
            path: '3f005015',
          },
          {
            label: 'Signature',
            id: '46',
            pin: '02',
            key: second,
            reference: 0x82,
            usage: 'signature',
            path: '3f005016',
          },
        ],
        certificates: [
          { label: 'Authentication', id: '45', path: '3f0050154331' },
          { label: 'Signature', id: '46', path: '3f0050164332' },
        ],
        trusted: [
          { label: 'Sigill TEST Root CA', id: '4334', path: '3f004334', authority: true },
          { label: 'Sigill TEST Organisational Certificates', id: '4333', path: '3f004333', authority: true },
        ],
      }),
      elementary(0x4331, certificate('1', 'authentication', first)),
    ],
  };
  const signature: Directory = {
    kind: 'df',
    id: 0x5016,
    name: new TextEncoder().encode('E.SIGN'),
    enteredByNameOnly: true,
    children: [elementary(0x4332, certificate('2', 'signature', second))],
  };
  return {
    atr: fromHex('3bdd96008031fe450031b8640429ecc1739401808248'),
    dialect: options.readSize === undefined ? dialect : { ...dialect, readSize: options.readSize },
    root: {
      kind: 'df',
      id: 0x3f00,
      children: [
        applicationDirectory(pkcs15Aid, 'FINEID', '3f005015'),
        elementary(0x4333, issuing.organisation.der),
        elementary(0x4334, root.der),
        application,
        signature,
      ],
    },
    application: 0x5015,
    pins: [pins.pin1, pins.pin2, pins.puk],
    keys: [
      { reference: 0x01, pin: 0x03, key: first, consent: false, decrypts: true },
      { reference: 0x82, pin: 0x04, key: second, consent: true, directory: 0x5016, decrypts: false },
    ],
  };
}

const entry = { local: false, minLength: 4, storedLength: 8, maxLength: 8 } as const;

const pinEntries: Directories['pins'] = [
  { ...entry, label: 'PIN1', id: '01', reference: 0x03, role: 'pin', unblockedBy: '03' },
  { ...entry, label: 'PIN2', id: '02', reference: 0x04, role: 'pin', unblockedBy: '03' },
  { ...entry, label: 'PUK', id: '03', reference: 0x12, role: 'puk' },
];
