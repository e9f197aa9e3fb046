import type { LocalText, PanelElement } from '@sigill/core';
import { inWindow } from '../place.js';

/** What files a person may give: mails, and certificates of recipients or of authorities. */
export const certificateEndings = ['pem', 'cer', 'crt', 'der', 'p7b', 'p7c'] as const;

const words = {
  heading: { en: 'Mails in files', sv: 'Meddelanden i filer', fi: 'Viestit tiedostoissa' },
  text: {
    en: 'Signs, encrypts, opens and checks mails that lie in files (.eml). To encrypt, give the recipients’ certificates as well. The result lies beside the mail; the mail itself stays as it is.',
    sv: 'Undertecknar, krypterar, öppnar och kontrollerar e-postmeddelanden i filer (.eml). För att kryptera: ange också mottagarnas certifikat. Resultatet hamnar bredvid meddelandet, som självt inte ändras.',
    fi: 'Allekirjoittaa, salaa, avaa ja tarkistaa tiedostoissa (.eml) olevia sähköposteja. Salausta varten anna myös vastaanottajien varmenteet. Tulos tallentuu viestin viereen; itse viesti ei muutu.',
  },
  files: {
    en: 'Mails and certificates',
    sv: 'Meddelanden och certifikat',
    fi: 'Viestit ja varmenteet',
  },
  what: { en: 'What to do', sv: 'Vad som ska göras', fi: 'Mitä tehdään' },
  verify: { en: 'Check the signature', sv: 'Kontrollera underskriften', fi: 'Tarkista allekirjoitus' },
  decrypt: { en: 'Open what is encrypted', sv: 'Öppna det krypterade', fi: 'Avaa salattu' },
  sign: { en: 'Sign', sv: 'Underteckna', fi: 'Allekirjoita' },
  encrypt: { en: 'Encrypt', sv: 'Kryptera', fi: 'Salaa' },
  older: {
    en: 'Encrypt for older programs',
    sv: 'Kryptera för äldre program',
    fi: 'Salaa vanhempia ohjelmia varten',
  },
  'older.help': {
    en: 'For recipients with Thunderbird or another program that does not open the newer kind. Whether somebody changed the mail on its way does not show then.',
    sv: 'För mottagare med Thunderbird eller ett annat program som inte öppnar den nyare sorten. Då syns det inte om någon har ändrat meddelandet på vägen.',
    fi: 'Vastaanottajille, joiden Thunderbird tai muu ohjelma ei avaa uudempaa salausta. Silloin ei näy, onko joku muuttanut viestiä matkalla.',
  },
  start: { en: 'Go on', sv: 'Fortsätt', fi: 'Jatka' },
} as const satisfies Readonly<Record<string, LocalText>>;

/** The part of the panel that works on mails in files. */
export const messagesPanel: readonly PanelElement[] = [
  { kind: 'heading', text: words.heading },
  { kind: 'text', text: words.text },
  {
    kind: 'form',
    id: 'messages',
    fields: [
      {
        key: 'documents',
        label: words.files,
        type: 'documents',
        accept: ['eml', ...certificateEndings],
        many: true,
      },
      {
        key: 'what',
        label: words.what,
        type: 'choice',
        default: 'verify',
        choices: (['verify', 'decrypt', 'sign', 'encrypt'] as const).map((value) => ({ value, label: words[value] })),
      },
      { key: 'older', label: words.older, help: words['older.help'], type: 'boolean', default: false },
    ],
    submit: { command: 'email.on-messages', args: inWindow, label: words.start },
  },
];
