import { activate, action, basicCode, omnikey, organisationCard, reader, signatureCode } from './cards.js';
/** Readers and cards in every state. */
export const deviceStories = {
    'no-reader': () => ({}),
    empty: (say) => ({ readers: [reader(say, 'no-card')] }),
    reading: (say) => ({ readers: [reader(say, 'reading')] }),
    ready: (say) => ({ readers: [reader(say, 'ready', { card: organisationCard(say) })] }),
    'two-readers': (say) => ({
        readers: [
            reader(say, 'ready', { card: organisationCard(say) }),
            reader(say, 'locked', {
                name: omnikey,
                card: organisationCard(say, ['ok', 'locked'], {
                    id: 'card-2',
                    title: say('Health-care card', 'Yrkeskort för vården', 'Terveydenhuollon ammattikortti'),
                    holder: 'Maximilian von Schantz-Österbladh',
                }),
            }),
        ],
    }),
    'new-card': (say) => ({
        readers: [
            reader(say, 'activation', {
                card: organisationCard(say, ['not-set', 'not-set']),
                advice: [
                    say('This card has not been activated. Have the letter at hand.', 'Kortet är inte aktiverat. Ha brevet till hands.', 'Korttia ei ole aktivoitu. Ota kirje esiin.'),
                ],
                actions: [activate(say)],
            }),
        ],
    }),
    locked: (say) => ({
        readers: [
            reader(say, 'locked', {
                card: organisationCard(say, ['locked', 'ok'], {
                    pins: [basicCode(say, 'locked'), signatureCode(say, 'ok', 1)],
                }),
                advice: [
                    say('The basic code is locked. Unlock it with the PUK code of the letter.', 'Baskoden är låst. Lås upp den med PUK-koden i brevet.', 'Perustunnusluku on lukittu. Vapauta lukitus kirjeen PUK-koodilla.'),
                ],
            }),
        ],
    }),
    unknown: (say) => ({
        readers: [
            reader(say, 'unrecognised', {
                advice: [
                    say('Turn the card: chip first and face up.', 'Vänd kortet: chippet först och uppåt.', 'Käännä kortti: siru edellä ja ylöspäin.'),
                    say('Wipe the chip with a dry cloth.', 'Torka av chippet med en torr duk.', 'Pyyhi siru kuivalla liinalla.'),
                    say('It may be a card of a kind that Sigill does not know.', 'Det kan vara ett kort av ett slag som Sigill inte känner till.', 'Kortti voi olla sellainen, jota Sigill ei tunne.'),
                ],
                actions: [action('host.read-again', say('Try again', 'Försök igen', 'Yritä uudelleen'))],
                report: 'Sigill 0.1.0\nLinux 6.1 x64\nGemalto PC Twin Reader 00 00\nATR 3B 00\n6A 82',
            }),
        ],
    }),
    'no-certificate': (say) => ({
        readers: [
            reader(say, 'no-certificate', {
                card: organisationCard(say, ['ok', 'ok'], { certificates: [] }),
                advice: [
                    say('The card has no certificate that can be used. Ask its issuer.', 'Kortet har inget certifikat som går att använda. Fråga kortets utfärdare.', 'Kortilla ei ole käyttökelpoista varmennetta. Kysy kortin myöntäjältä.'),
                ],
            }),
        ],
    }),
    'service-absent': (say) => ({
        service: say('Install and start it with: sudo apt install pcscd libccid', 'Installera och starta den med: sudo apt install pcscd libccid', 'Asenna ja käynnistä se: sudo apt install pcscd libccid'),
    }),
};
