import type { ActionView } from '../../../host/window/view/action-view.js';
import type { CardView, CertificateView, PinView, ReaderView } from '../../../host/window/view/reader-view.js';
import type { StatusIcon } from '../../../host/window/view/status-icon.js';
import type { Say } from './say.js';

/** The readers that the stories are played with. */
export const gemalto = 'Gemalto PC Twin Reader 00 00';
export const omnikey = 'OMNIKEY AG CardMan 3121 01 00';

type State = PinView['state'];

/** A reader with whatever differs from an empty one. */
export function reader(say: Say, icon: StatusIcon, rest: Partial<ReaderView> = {}): ReaderView {
  return { name: gemalto, icon, state: states[icon](say), advice: [], actions: [], ...rest };
}

/** An organisation card: two codes, two certificates, and more behind a request. */
export function organisationCard(
  say: Say,
  states: readonly [State, State] = ['ok', 'ok'],
  rest: Partial<CardView> = {},
): CardView {
  return {
    id: 'card-1',
    title: say('Organisation card', 'Organisationskort', 'Organisaatiokortti'),
    holder: 'Anna Virtanen',
    serial: '4600 0123 4567 8901',
    pins: [basicCode(say, states[0]), signatureCode(say, states[1]), pukCode(say)],
    certificates: [logIn(say), signing(say)],
    details: [
      { name: 'ATR', value: '3B 7F 96 00 00 80 31 B8 65 B0 85 03 00 EF 12 00 F6 82 90 00' },
      { name: say('Card profile', 'Kortprofil', 'Korttiprofiili'), value: 'fineid-org' },
    ],
    notes: [],
    ...rest,
  };
}

export function basicCode(say: Say, state: State, left = 5): PinView {
  return pin(say, 'PIN1', say('Basic code (PIN1)', 'Baskod (PIN1)', 'Perustunnusluku (PIN1)'), state, left, '4–8');
}

export function signatureCode(say: Say, state: State, left = 3): PinView {
  const label = say('Signature code (PIN2)', 'Signaturkod (PIN2)', 'Allekirjoitustunnusluku (PIN2)');
  return pin(say, 'PIN2', label, state, left, '6–8');
}

/** The code of the letter: it has tries, and nothing to press. */
export function pukCode(say: Say): PinView {
  return { ...pin(say, 'PUK', say('PUK code', 'PUK-kod', 'PUK-koodi'), 'ok', 5, '8'), actions: [] };
}

/** Starts the activation of the card. */
export function activate(say: Say): ActionView {
  return action('activation.activate', say('Activate the card', 'Aktivera kortet', 'Aktivoi kortti'));
}

export function action(command: string, label: string, args: Record<string, string> = { reader: gemalto }): ActionView {
  return { command, label, args };
}

/** CA certificates and keys, as they come when they were asked for. */
export function more(say: Say): Pick<CardView, 'caCertificates' | 'keys'> {
  const root = certificate(
    say,
    'ca-1',
    'DVV Gov. Root CA - G3 RSA',
    say('valid until 17 May 2038', 'giltigt till 17 maj 2038', 'voimassa 17. toukokuuta 2038 asti'),
    true,
  );
  const trial = action('host.test-key', say('Test the key', 'Prova nyckeln', 'Kokeile avainta'));
  const facts = [{ name: say('Kind', 'Slag', 'Laji'), value: 'P-384' }];
  return {
    caCertificates: [root],
    keys: [
      {
        id: 'key-1',
        label: say('Key to log in', 'Nyckel för identifiering', 'Tunnistautumisavain'),
        facts,
        actions: [trial],
      },
      {
        id: 'key-2',
        label: say('Key to sign', 'Nyckel för underskrift', 'Allekirjoitusavain'),
        facts,
        actions: [trial],
      },
    ],
  };
}

function pin(say: Say, id: string, label: string, state: State, left: number, lengths: string): PinView {
  const verify = action('pin.verify', say('Verify', 'Kontrollera', 'Tarkista'), { pin: id });
  const change = action('pin.change', say('Change', 'Byt', 'Vaihda'), { pin: id });
  const unlock = action('pin.unlock', say('Unlock', 'Lås upp', 'Vapauta lukitus'), { pin: id });
  const notActivated = say('Activate the card first.', 'Aktivera kortet först.', 'Aktivoi ensin kortti.');
  const actions = { ok: [change, verify, unlock], locked: [unlock], 'not-set': [{ ...change, why: notActivated }] };
  return {
    id,
    label,
    state,
    lengths: say(`${lengths} digits`, `${lengths} siffror`, `${lengths} numeroa`),
    actions: actions[state],
    ...triesOf(say, state, left),
  };
}

function triesOf(say: Say, state: State, left: number): Pick<PinView, 'tries' | 'triesLeft' | 'triesMax'> {
  if (state === 'not-set') return { tries: say('No code yet', 'Ingen kod än', 'Ei vielä tunnuslukua') };
  if (state === 'locked')
    return { tries: say('The code is locked!', 'Koden är låst!', 'Tunnusluku on lukittu!'), triesLeft: 0, triesMax: 5 };
  const tries = say(`${left} of 5 tries left`, `${left} av 5 försök kvar`, `${left}/5 yritystä jäljellä`);
  return { tries, triesLeft: left, triesMax: 5 };
}

function logIn(say: Say): CertificateView {
  const validity = say(
    'valid until 12 May 2029 (in 2 years)',
    'giltigt till 12 maj 2029 (om 2 år)',
    'voimassa 12. toukokuuta 2029 asti (2 vuotta)',
  );
  return certificate(
    say,
    '45',
    say('Log in and encrypt', 'Identifiering och kryptering', 'Tunnistautuminen ja salaus'),
    validity,
  );
}

function signing(say: Say): CertificateView {
  const validity = say(
    'valid until 3 December 2026 (in 12 days)',
    'giltigt till 3 december 2026 (om 12 dagar)',
    'voimassa 3. joulukuuta 2026 asti (12 päivää)',
  );
  return { ...certificate(say, '46', say('Sign', 'Underskrift', 'Allekirjoitus'), validity), tone: 'warning' };
}

function certificate(say: Say, id: string, label: string, validity: string, ca = false): CertificateView {
  return {
    id,
    label,
    validity,
    tone: 'good',
    ca,
    facts: [
      { name: say('Holder', 'Innehavare', 'Haltija'), value: ca ? label : 'Anna Virtanen' },
      { name: say('Issuer', 'Utfärdare', 'Myöntäjä'), value: 'DVV Organizational Certificates - G4E' },
      { name: say('Valid', 'Giltighet', 'Voimassa'), value: '12.5.2024 – 12.5.2029' },
      { name: say('E-mail', 'E-post', 'Sähköposti'), value: 'anna.virtanen@example.org' },
      {
        name: say('Used for', 'Används för', 'Käyttö'),
        value: say('log in, encrypt', 'identifiera sig, kryptera', 'tunnistautua, salata'),
      },
    ],
    details: [
      { name: say('Serial number', 'Serienummer', 'Sarjanumero'), value: '3C A1 77 04 9B 5E 21' },
      {
        name: 'SHA-256',
        value: '9F:0A:11:BC:7D:42:55:E1:90:0C:8D:2A:66:14:3F:07:D0:4B:93:AA:5C:E8:71:12:0F:36:BD:48:99:C2:1E:57',
      },
      { name: 'RFC 4514', value: 'CN=Virtanen Anna 1234567,SN=Virtanen,givenName=Anna,O=Esimerkki Oy,C=FI' },
    ],
    actions: ca ? [] : [action('host.test-key', say('Test the key', 'Prova nyckeln', 'Kokeile avainta'), { key: id })],
  };
}

const states: Readonly<Record<StatusIcon, (say: Say) => string>> = {
  'no-reader': (say) => say('no reader', 'ingen läsare', 'ei lukijaa'),
  'no-card': (say) => say('no card', 'inget kort', 'ei korttia'),
  reading: (say) => say('the card is being read', 'kortet läses', 'korttia luetaan'),
  ready: (say) => say('the card is ready', 'kortet är klart att användas', 'kortti on valmis käytettäväksi'),
  unrecognised: (say) => say('the card is not recognised', 'kortet känns inte igen', 'korttia ei tunnisteta'),
  'no-certificate': (say) =>
    say('no usable certificate', 'inget användbart certifikat', 'ei käyttökelpoista varmennetta'),
  activation: (say) => say('the card is to be activated', 'kortet ska aktiveras', 'kortti on aktivoitava'),
  locked: (say) => say('a code is locked', 'en kod är låst', 'tunnusluku on lukittu'),
  expiring: (say) => say('a certificate expires soon', 'ett certifikat går snart ut', 'varmenne vanhenee pian'),
};
