import { fromHex } from '../../card/bytes.js';
import type { CardState } from '../card-state.js';
import type { ChipImage } from '../chip-image.js';
import { ecKey } from '../ec-key.js';
import { type HolderCertificate, holderCertificate } from '../holder-certificate.js';
import { citizen } from '../holders.js';
import { activatedStates, type CardOptions, type Personality } from '../personality.js';
import { elementary } from '../pkcs15-files.js';
import { rsaKey } from '../rsa-key.js';
import { citizenImage, citizenPins } from './fineid-citizen.js';

/** Finnish identity card v3.1 (option: v3.0): two RSA-2048 keys and a P-256 key with its certificate at 5016/4335. Checked by others: libelectronic-id. */
export const fineidV3: Personality = {
  name: 'fineid-v3',
  states: ['new-a', 'half', ...activatedStates],
  pins: citizenPins,
  build,
};

function build(state: CardState, options: CardOptions): ChipImage {
  const elliptic = options.version !== 'v3.0';
  const [first, second] = [rsaKey(0), rsaKey(1)];
  const third = ecKey('fineid-v3 signature', 'P-256');
  const certificate = (label: string, use: HolderCertificate['use'], key: HolderCertificate['key']): Uint8Array =>
    holderCertificate({ issuer: 'citizen', ...citizen, label: `fineid-v3 ${label}`, use, key }, state, options);
  const path = '3f005015';
  return citizenImage(
    {
      atr: elliptic ? '3b7f9600008031b865b08504021b1200f6829000' : '3b7f9600008031b865b0850300ef1200f6829000',
      // Printed number: digits 10 to 18 (cards.md §1.4).
      serial: fromHex('92460000001234567890'),
      keys: [
        { reference: 0x01, pin: 0x11, key: first, consent: false, decrypts: true },
        { reference: 0x02, pin: 0x82, key: second, consent: true, decrypts: false },
        ...(elliptic ? [{ reference: 0x03, pin: 0x82, key: third, consent: true, decrypts: false }] : []),
      ],
      certificates: [
        elementary(0x4331, certificate('1', 'authentication', first)),
        elementary(0x4332, certificate('2', 'signature', second)),
        ...(elliptic ? [elementary(0x4335, certificate('3', 'signature', third))] : []),
      ],
      directories: {
        keys: [
          {
            label: 'todentamis- ja salausavain',
            id: '45',
            pin: '01',
            key: first,
            reference: 1,
            usage: 'authentication',
            path,
          },
          { label: 'allekirjoitusavain', id: '46', pin: '02', key: second, reference: 2, usage: 'signature', path },
          ...(elliptic
            ? [
                {
                  label: 'allekirjoitusavain (EC)',
                  id: '47',
                  pin: '02',
                  key: third,
                  reference: 3,
                  usage: 'signature',
                  path,
                } as const,
              ]
            : []),
        ],
        certificates: [
          { label: 'todentamis- ja salausvarmenne', id: '45', path: '3f0050154331' },
          { label: 'allekirjoitusvarmenne', id: '46', path: '3f0050164332' },
          ...(elliptic ? [{ label: 'allekirjoitusvarmenne (EC)', id: '47', path: '3f0050164335' }] : []),
        ],
      },
    },
    options,
  );
}
