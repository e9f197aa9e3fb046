import { action, gemalto, organisationCard, reader } from './cards.js';
/** What is not a card: activities, plugins, panels, settings, the program itself. */
export const programStories = {
    activities: (say) => ({
        readers: [reader(say, 'ready', { card: organisationCard(say) })],
        activities: [
            {
                id: '1',
                title: say('Change the basic code', 'Byt baskoden', 'Vaihda perustunnusluku'),
                reader: gemalto,
                state: 'waiting',
                lines: [],
                cancellable: true,
                pinPage: 'http://127.0.0.1:1/code',
            },
            {
                id: '2',
                title: say('Test the key', 'Prova nyckeln', 'Kokeile avainta'),
                reader: gemalto,
                state: 'running',
                lines: [],
                progress: 0.4,
                cancellable: true,
            },
            {
                id: '3',
                title: say('Verify the basic code', 'Kontrollera baskoden', 'Tarkista perustunnusluku'),
                reader: gemalto,
                state: 'done',
                lines: [say('The code is correct.', 'Koden är rätt.', 'Tunnusluku on oikea.')],
                cancellable: false,
            },
            {
                id: '4',
                title: say('Unlock the signature code', 'Lås upp signaturkoden', 'Vapauta allekirjoitustunnusluvun lukitus'),
                reader: gemalto,
                state: 'failed',
                lines: [
                    say('You cancelled. No try was spent.', 'Du avbröt. Inget försök har gått åt.', 'Peruutit. Yrityksiä ei kulunut.'),
                ],
                cancellable: false,
            },
        ],
    }),
    plugins: (say) => ({
        plugins: [
            {
                name: '@sigill-plugin/activation',
                title: say('Activation', 'Aktivering', 'Aktivointi'),
                version: '0.1.0',
                origin: say('comes with Sigill', 'följer med Sigill', 'Sigillin mukana'),
                state: say('at rest', 'vilar', 'levossa'),
                permissions: [say('cards', 'kort', 'kortit'), say('codes', 'koder', 'tunnusluvut')],
                log: [],
                actions: [
                    action('host.start-plugin', say('Start', 'Starta', 'Käynnistä')),
                    action('host.disable-plugin', say('Disable', 'Stäng av', 'Poista käytöstä')),
                ],
            },
            {
                name: '@example/greeter',
                title: say('Greeter', 'Hälsare', 'Tervehtijä'),
                version: '2.3.1',
                origin: '~/.local/share/sigill/plugins',
                state: say('failed', 'misslyckades', 'epäonnistui'),
                permissions: [],
                failure: say('It ended three times within five minutes, and is not started again.', 'Det avslutades tre gånger inom fem minuter och startas inte igen.', 'Se päättyi kolmesti viiden minuutin aikana, eikä sitä enää käynnistetä.'),
                log: ['12:00:01 start', '12:00:02 TypeError: x is not a function'],
                actions: [action('host.start-plugin', say('Start', 'Starta', 'Käynnistä'))],
            },
        ],
    }),
    settings: (say) => ({
        settings: [
            {
                owner: 'host',
                title: say('In general', 'Allmänt', 'Yleistä'),
                fields: [
                    {
                        key: 'autostart',
                        label: say('Start when I log in', 'Starta när jag loggar in', 'Käynnistä kirjautuessa'),
                        help: say('The icon in the panel tells that it runs.', 'Ikonen i panelen visar att det är i gång.', 'Paneelin kuvake kertoo, että se on käynnissä.'),
                        type: 'boolean',
                        value: true,
                    },
                    {
                        key: 'warn',
                        label: say('Days of warning before a certificate ends', 'Dagar i förväg när ett certifikat går ut', 'Päiviä ennen varmenteen vanhenemista'),
                        type: 'number',
                        value: 30,
                    },
                    {
                        key: 'browser',
                        label: say('Window in', 'Fönster i', 'Ikkuna avataan'),
                        type: 'choice',
                        value: 'app',
                        choices: [
                            { value: 'app', label: say('a window of its own', 'ett eget fönster', 'omaan ikkunaan') },
                            { value: 'tab', label: say('a tab', 'en flik', 'välilehteen') },
                        ],
                    },
                    {
                        key: 'folder',
                        label: say('Folder for signed documents', 'Mapp för underskrivna dokument', 'Allekirjoitettujen asiakirjojen kansio'),
                        type: 'text',
                        value: 'Documents',
                    },
                ],
            },
        ],
    }),
    about: (say) => ({
        about: [
            { name: say('Version', 'Version', 'Versio'), value: '0.1.0' },
            { name: say('Card service', 'Korttjänst', 'Korttipalvelu'), value: 'pcscd 1.9.9' },
            { name: say('Logs', 'Loggar', 'Lokit'), value: '~/.local/state/sigill/log' },
        ],
    }),
    panel: (say) => ({
        panels: [
            {
                id: 'pdf.documents',
                plugin: '@sigill-plugin/pdf-sign',
                title: say('Sign documents', 'Underteckna dokument', 'Allekirjoita asiakirjoja'),
                elements: [
                    {
                        kind: 'text',
                        text: say('Choose a document and a certificate.', 'Välj ett dokument och ett certifikat.', 'Valitse asiakirja ja varmenne.'),
                    },
                    { kind: 'heading', text: say('Chosen', 'Valda', 'Valitut') },
                    {
                        kind: 'list',
                        items: [{ title: 'avtal.pdf', detail: say('3 pages', '3 sidor', '3 sivua') }, { title: 'bilaga.pdf' }],
                    },
                    {
                        kind: 'progress',
                        label: say('Reading the document', 'Läser dokumentet', 'Asiakirjaa luetaan'),
                        value: 0.7,
                    },
                    {
                        kind: 'buttons',
                        actions: [
                            action('pdf.add', say('Add …', 'Lägg till …', 'Lisää …')),
                            {
                                ...action('pdf.preview', say('Preview', 'Förhandsgranska', 'Esikatsele')),
                                why: say('Choose a document first.', 'Välj ett dokument först.', 'Valitse ensin asiakirja.'),
                            },
                        ],
                    },
                    {
                        kind: 'form',
                        id: 'sign',
                        fields: [
                            { key: 'reason', label: say('Reason', 'Anledning', 'Syy'), type: 'text', value: '' },
                            {
                                key: 'visible',
                                label: say('Visible on the page', 'Syns på sidan', 'Näkyy sivulla'),
                                type: 'boolean',
                                value: false,
                            },
                        ],
                        submit: action('pdf.sign', say('Sign', 'Underteckna', 'Allekirjoita')),
                    },
                ],
            },
        ],
    }),
};
