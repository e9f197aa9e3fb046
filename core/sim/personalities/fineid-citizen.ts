import { fromHex } from '../../card/bytes.js';
import { encodeTlv } from '../../card/tlv.js';
import type { CardPins } from '../card-state.js';
import type { ChipImage, ChipKey, Dialect, Directory, ElementaryFile } from '../chip-image.js';
import { fineidMechanisms } from '../mechanism.js';
import type { CardOptions } from '../personality.js';
import { applicationDirectory, type Directories, directoryFiles, elementary } from '../pkcs15-files.js';
import { testCa } from '../test-ca.js';
import { fineidAlgorithms, plainAlgorithms, tokenInfo } from '../token-info.js';

/** Name of the PKCS#15 application on every card here (cards.md §1.2). */
export const pkcs15Aid = fromHex('A000000063504B43532D3135');

/** PIN1 11 global, PIN2 82 and PUK 83 local (cards.md §1.5). */
export const citizenPins: CardPins = {
  pin1: { reference: 0x11, role: 'pin', local: false, minLength: 4, maxLength: 12, triesMax: 5, puk: 0x83 },
  pin2: { reference: 0x82, role: 'pin', local: true, minLength: 6, maxLength: 12, triesMax: 5, puk: 0x83 },
  puk: { reference: 0x83, role: 'puk', local: true, minLength: 8, maxLength: 12, triesMax: 5 },
  values: { pin1: '1234', pin2: '123456', puk: '12345678' },
};

/** Card production data for 80 CA 9F 7F: all its fields made up. */
export const productionData = encodeTlv(
  0x9f7f,
  Uint8Array.from({ length: 42 }, (_none, at) => (at * 7) & 0xff),
);

const dialect: Dialect = {
  protocols: ['T=0'],
  fileControl: 'length',
  readSize: 256,
  pin: { blockLength: 12, pad: 0x00 },
  unblock: 'puk-and-new',
  pinAttributes: true,
  dropOnSelect: true,
  logout: false,
  refuseSame: true,
  keyTag: 0x84,
  input: 'loaded',
  ecdsa: 'compact',
  mechanisms: fineidMechanisms,
  agreement: 'pso-decipher',
  objects: new Map([['809f7f', productionData]]),
};

/** What differs between the generations of the citizen card. */
export interface CitizenCard {
  readonly atr: string;
  readonly serial: Uint8Array;
  readonly keys: readonly ChipKey[];
  readonly directories: Pick<Directories, 'keys' | 'certificates'>;
  /** By file id; 4331 stands in the application, the others in 5016. */
  readonly certificates: readonly ElementaryFile[];
}

/** The citizen card's chip (cards.md §1.2, §1.4): 5016 is reached from the application and from the root. */
export function citizenImage(card: CitizenCard, options: CardOptions): ChipImage {
  const { root, issuing } = testCa();
  const info = tokenInfo({
    serial: card.serial,
    manufacturer: 'Sigill simulated card',
    label: 'Suomi, Finland',
    algorithms: options.algorithms === 'plain' ? plainAlgorithms() : fineidAlgorithms(),
  });
  const files = directoryFiles({
    application: '3f005015',
    pins: pinEntries,
    trusted: [
      { label: 'Sigill TEST Root CA', id: '4334', path: '3f004334', authority: true },
      { label: 'Sigill TEST Citizen Certificates', id: '4336', path: '3f004336', authority: true },
    ],
    ...card.directories,
  });
  const signature: Directory = {
    kind: 'df',
    id: 0x5016,
    children: card.certificates.filter(({ id }) => id !== 0x4331),
  };
  const application: Directory = {
    kind: 'df',
    id: 0x5015,
    name: pkcs15Aid,
    // Sources disagree on where 4332 and its neighbours stand, so both paths lead there (cards.md §1.2).
    children: [elementary(0x5032, info), ...files, ...card.certificates, signature],
  };
  return {
    atr: fromHex(card.atr),
    dialect: options.readSize === undefined ? dialect : { ...dialect, readSize: options.readSize },
    root: {
      kind: 'df',
      id: 0x3f00,
      children: [
        applicationDirectory(pkcs15Aid, 'FINEID', '3f005015'),
        elementary(0x4334, root.der),
        elementary(0x4336, issuing.citizen.der),
        application,
        signature,
      ],
    },
    application: 0x5015,
    pins: [citizenPins.pin1, citizenPins.pin2, citizenPins.puk],
    keys: card.keys,
  };
}

const pad = { storedLength: 12, maxLength: 12, pad: 0x00 };

const pinEntries: Directories['pins'] = [
  {
    label: 'perustunnusluku',
    id: '01',
    reference: 0x11,
    local: false,
    role: 'pin',
    minLength: 4,
    unblockedBy: '03',
    ...pad,
  },
  {
    label: 'allekirjoitustunnusluku',
    id: '02',
    reference: 0x82,
    local: true,
    role: 'pin',
    minLength: 6,
    unblockedBy: '03',
    ...pad,
  },
  { label: 'PUK', id: '03', reference: 0x83, local: true, role: 'puk', minLength: 8, ...pad },
];
