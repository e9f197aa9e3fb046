import type { NameParts } from './certificate-builder.js';

/** Invented people on the simulated cards. */
export interface Holder {
  readonly subject: NameParts;
  readonly email: string;
}

/** A citizen: CN is surname, given name and the electronic client identifier (8 digits and check character). */
export const citizen: Holder = {
  email: 'elli.esimerkki@sigill.example',
  subject: [
    ['C', 'FI'],
    ['serialNumber', '99900001N'],
    ['GN', 'ELLI AINO'],
    ['SN', 'ESIMERKKI'],
    ['CN', 'ESIMERKKI ELLI AINO 99900001N'],
  ],
};

/** The holder of an organisation card. */
export const employee: Holder = {
  email: 'mats.exempel@esimerkki.example',
  subject: [
    ['C', 'FI'],
    ['O', 'Esimerkki Oy'],
    ['serialNumber', '99900002P'],
    ['GN', 'MATS'],
    ['SN', 'EXEMPEL'],
    ['CN', 'EXEMPEL MATS 99900002P'],
  ],
};

const nurseName: NameParts = [
  ['GN', 'Karin'],
  ['SN', 'Exempelsson'],
  ['CN', 'Karin Exempelsson'],
];

/** A nurse known by a personal number. */
export const nurseAsPerson: Holder = {
  email: 'karin.exempelsson@region.example',
  subject: [['C', 'SE'], ...nurseName, ['serialNumber', '198501019990']],
};

/** The same nurse known by an HSA-id. */
export const nurseAsStaff: Holder = {
  email: 'karin.exempelsson@region.example',
  subject: [
    ['C', 'SE'],
    ['O', 'Region Exempel'],
    ['title', 'Sjuksköterska'],
    ...nurseName,
    ['serialNumber', 'TSTSIGILL2321000016-1001'],
  ],
};

/** Somebody with a card of a general kind. */
export const anyone: Holder = {
  email: 'alex.example@sigill.example',
  subject: [
    ['C', 'FI'],
    ['serialNumber', '99900003R'],
    ['GN', 'ALEX'],
    ['SN', 'EXAMPLE'],
    ['CN', 'EXAMPLE ALEX 99900003R'],
  ],
};
