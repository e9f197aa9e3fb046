import type { CardState } from '../card-state.js';
import { cardStates } from '../card-state.js';
import type { ChipImage } from '../chip-image.js';
import { ecKey } from '../ec-key.js';
import { holderCertificate } from '../holder-certificate.js';
import { citizen } from '../holders.js';
import type { CardOptions, Personality } from '../personality.js';
import { elementary } from '../pkcs15-files.js';
import { citizenImage, citizenPins } from './fineid-citizen.js';

/** Finnish identity card v4.0 (option: v4.1): two P-384 keys, T=0. Checked by others: OpenSC 0.27.1, libelectronic-id (cards.md §2.8, §2.9). */
export const fineidV4: Personality = { name: 'fineid-v4', states: cardStates, pins: citizenPins, build };

function build(state: CardState, options: CardOptions): ChipImage {
  const authentication = ecKey('fineid-v4 authentication', 'P-384');
  const signature = ecKey('fineid-v4 signature', 'P-384');
  const holder = { issuer: 'citizen', ...citizen } as const;
  return citizenImage(
    {
      atr:
        options.version === 'v4.1'
          ? '3b7f96000080 31b865b085 051024 1224 60829000'
          : '3b7f96000080 31b865b085 050011 1224 60829000',
      // Printed number: the last nine characters (cards.md §1.4).
      serial: new TextEncoder().encode('24600000000SG4000001'),
      keys: [
        { reference: 0x01, pin: 0x11, key: authentication, consent: false, decrypts: true },
        { reference: 0x02, pin: 0x82, key: signature, consent: true, decrypts: false },
      ],
      certificates: [
        elementary(
          0x4331,
          holderCertificate(
            { ...holder, label: 'fineid-v4 1', use: 'authentication', key: authentication },
            state,
            options,
          ),
        ),
        elementary(
          0x4332,
          holderCertificate({ ...holder, label: 'fineid-v4 2', use: 'signature', key: signature }, state, options),
        ),
      ],
      directories: {
        keys: [
          {
            label: 'todentamis- ja salausavain',
            id: '45',
            pin: '01',
            key: authentication,
            reference: 1,
            usage: 'authentication',
            path: '3f005015',
          },
          {
            label: 'allekirjoitusavain',
            id: '46',
            pin: '02',
            key: signature,
            reference: 2,
            usage: 'signature',
            path: '3f005015',
          },
        ],
        certificates: [
          { label: 'todentamis- ja salausvarmenne', id: '45', path: '3f0050154331' },
          { label: 'allekirjoitusvarmenne', id: '46', path: '3f0050164332' },
        ],
      },
    },
    options,
  );
}
