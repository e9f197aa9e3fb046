import { fromHex } from '../../card/bytes.js';
import type { CardPins, CardState } from '../card-state.js';
import type { ChipImage, Dialect, Directory } from '../chip-image.js';
import { ecKey } from '../ec-key.js';
import { holderCertificate } from '../holder-certificate.js';
import { anyone } from '../holders.js';
import { myeidMechanisms } from '../mechanism.js';
import { activatedStates, type CardOptions, type Personality } from '../personality.js';
import { applicationDirectory, directoryFiles, elementary } from '../pkcs15-files.js';
import { rsaKey } from '../rsa-key.js';
import { testCa } from '../test-ca.js';
import { tokenInfo } from '../token-info.js';
import { pkcs15Aid } from './fineid-citizen.js';

const pins: CardPins = {
  pin1: { reference: 0x01, role: 'pin', local: false, minLength: 4, maxLength: 8, triesMax: 5, puk: 0x03 },
  pin2: { reference: 0x02, role: 'pin', local: false, minLength: 6, maxLength: 8, triesMax: 5, puk: 0x03 },
  puk: { reference: 0x03, role: 'puk', local: false, minLength: 8, maxLength: 8, triesMax: 5 },
  values: { pin1: '1234', pin2: '123456', puk: '12345678' },
};

const dialect: Dialect = {
  protocols: ['T=1'],
  fileControl: 'full',
  readSize: 256,
  pin: { blockLength: 8, pad: 0xff },
  unblock: 'puk-and-new',
  pinAttributes: false,
  dropOnSelect: false,
  logout: true,
  refuseSame: false,
  keyTag: 0x81,
  input: 'inline',
  ecdsa: 'der',
  mechanisms: myeidMechanisms,
  agreement: 'general-authenticate',
  // Applet 4.5.0; then features RSA, DES, AES, ECC with their largest keys (cards.md §2.6).
  objects: new Map([
    ['0001a0', fromHex('4d79454944 040500 0000000000000000 00000001')],
    ['0001aa', fromHex('01 000f 1000 00c0 0100 0209')],
  ]),
};

/** A MyEID card, which Debian's OpenSC 0.23 reads and signs with (cards.md §2.6): RSA-2048 behind PIN1, P-384 behind PIN2, and one more of each the other way round. */
export const myeid: Personality = { name: 'myeid', states: activatedStates, pins, build };

function build(state: CardState, options: CardOptions): ChipImage {
  const entries = [
    { key: rsaKey(2), use: 'authentication', label: 'RSA authentication' },
    { key: ecKey('myeid signature', 'P-384'), use: 'signature', label: 'EC signature' },
    { key: ecKey('myeid authentication', 'P-384'), use: 'authentication', label: 'EC authentication' },
    { key: rsaKey(3), use: 'signature', label: 'RSA signature' },
  ].map((one, at) => {
    const use = one.use as 'authentication' | 'signature';
    const facts = { ...anyone, issuer: 'general', label: `myeid ${at}`, use, key: one.key } as const;
    const der = holderCertificate(facts, state, options);
    return { ...one, use, der, id: (0x45 + at).toString(16), keyFile: 0x4b01 + at, file: 0x4331 + at };
  });
  const { root, issuing } = testCa();
  const application: Directory = {
    kind: 'df',
    id: 0x5015,
    name: pkcs15Aid,
    children: [
      elementary(
        0x5032,
        tokenInfo({
          serial: fromHex('00000000000000001001'),
          manufacturer: 'Sigill simulated card',
          label: 'MyEID',
          algorithms: [],
        }),
      ),
      ...directoryFiles({
        application: '3f005015',
        pins: [
          { ...entry, label: 'PIN1', id: '01', reference: 1, role: 'pin', minLength: 4, unblockedBy: '03' },
          { ...entry, label: 'PIN2', id: '02', reference: 2, role: 'pin', minLength: 6, unblockedBy: '03' },
          { ...entry, label: 'PUK', id: '03', reference: 3, role: 'puk', minLength: 8 },
        ],
        keys: entries.map(({ label, id, key, use, keyFile }, at) => ({
          label,
          id,
          key,
          usage: use,
          pin: use === 'authentication' ? '01' : '02',
          reference: at + 1,
          path: `3f005015${keyFile.toString(16)}`,
        })),
        certificates: entries.map(({ label, id, file }) => ({ label, id, path: `3f005015${file.toString(16)}` })),
        trusted: [
          { label: 'Sigill TEST Root CA', id: '4341', path: '3f0050154341', authority: true },
          { label: 'Sigill TEST Certificates', id: '4342', path: '3f0050154342', authority: true },
        ],
      }),
      ...entries.map(({ file, der }) => elementary(file, der)),
      // A key file has a size and cannot be read for anything.
      ...entries.map(({ keyFile, key }) => elementary(keyFile, new Uint8Array(key.length))),
      elementary(0x4341, root.der),
      elementary(0x4342, issuing.general.der),
    ],
  };
  return {
    atr: fromHex('3bf51800008131fe454d794549449a'),
    dialect: options.readSize === undefined ? dialect : { ...dialect, readSize: options.readSize },
    root: {
      kind: 'df',
      id: 0x3f00,
      children: [applicationDirectory(pkcs15Aid, 'MyEID', '3f005015'), application],
    },
    application: 0x5015,
    pins: [pins.pin1, pins.pin2, pins.puk],
    keys: entries.map(({ key, use, keyFile }) => ({
      key,
      reference: keyFile,
      pin: use === 'authentication' ? 0x01 : 0x02,
      consent: false,
      decrypts: use === 'authentication',
    })),
  };
}

const entry = { local: true, storedLength: 8, maxLength: 8, pad: 0xff } as const;
