import type { Language, LocalText } from '@sigill/core';

/** Words of the plugin by key, in all languages: panels are shown in the person's. */
export type PanelText = (key: string, values?: Readonly<Record<string, string>>) => LocalText;

/** What stands in the panel: panels are data in every language, so it is no message. */
const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'panel.text': {
    en: 'Sets up mail programs and browsers for the card. Every file is backed up and can be given back.',
    sv: 'Ställer in e-postprogram och webbläsare för kortet. Varje fil säkerhetskopieras och kan återställas.',
    fi: 'Ottaa kortin käyttöön sähköpostiohjelmissa ja selaimissa. Jokaisesta tiedostosta tehdään varmuuskopio, ja kaiken voi palauttaa.',
  },
  'panel.profiles': {
    en: 'Programs on this computer',
    sv: 'Program på den här datorn',
    fi: 'Tämän tietokoneen ohjelmat',
  },
  'panel.report': {
    en: 'Report',
    sv: 'Rapport',
    fi: 'Raportti',
  },
  'panel.plan': {
    en: 'What “Set up” will change',
    sv: 'Vad ”Ställ in” kommer att ändra',
    fi: 'Mitä ”Ota käyttöön” muuttaa',
  },
  'panel.trust': {
    en: 'Who may vouch for mail',
    sv: 'Vem som får gå i god för e-post',
    fi: 'Kuka saa taata sähköpostin',
  },
  'panel.trust.text': {
    en: 'Compare each fingerprint with the one that the issuer publishes, on paper or on its own site. Switch on only what is the same. It then vouches for mail, never for web sites.',
    sv: 'Jämför varje fingeravtryck med det som utfärdaren har publicerat, på papper eller på sin egen webbplats. Slå bara på det som stämmer. Det går sedan i god för e-post, aldrig för webbplatser.',
    fi: 'Vertaa jokaista sormenjälkeä myöntäjän julkaisemaan, paperilla tai sen omalla sivustolla. Valitse vain se, mikä on sama. Se takaa sen jälkeen sähköpostin, ei koskaan verkkosivustoja.',
  },
  'panel.registered': {
    en: 'set up',
    sv: 'inställt',
    fi: 'otettu käyttöön',
  },
  'panel.absent': {
    en: 'not set up',
    sv: 'inte inställt',
    fi: 'ei otettu käyttöön',
  },
  'panel.running': {
    en: 'is running: close it first',
    sv: 'är igång: stäng det först',
    fi: 'on käynnissä: sulje se ensin',
  },
  'panel.confined': {
    en: 'cannot load the card’s module (Snap or Flatpak)',
    sv: 'kan inte ladda kortets modul (Snap eller Flatpak)',
    fi: 'ei voi ladata kortin moduulia (Snap tai Flatpak)',
  },
  'panel.apply': {
    en: 'Set up',
    sv: 'Ställ in',
    fi: 'Ota käyttöön',
  },
  'panel.check': {
    en: 'Check',
    sv: 'Kontrollera',
    fi: 'Tarkista',
  },
  'panel.trial': {
    en: 'Check with a trial signature',
    sv: 'Kontrollera med en provunderskrift',
    fi: 'Tarkista koeallekirjoituksella',
  },
  'panel.undo': {
    en: 'Undo',
    sv: 'Ångra',
    fi: 'Kumoa',
  },
  none: {
    en: 'No profile of Firefox, Thunderbird or Chromium was found. Start the program once, close it, and try again.',
    sv: 'Ingen profil för Firefox, Thunderbird eller Chromium hittades. Starta programmet en gång, stäng det och försök igen.',
    fi: 'Firefoxin, Thunderbirdin tai Chromiumin profiilia ei löytynyt. Käynnistä ohjelma kerran, sulje se ja yritä uudelleen.',
  },
  'trust.confirm': {
    en: 'I have compared the fingerprint of “{name}” with the issuer’s',
    sv: 'Jag har jämfört fingeravtrycket för ”{name}” med utfärdarens',
    fi: 'Olen verrannut varmenteen ”{name}” sormenjälkeä myöntäjän ilmoittamaan',
  },
};

/** The panel's words by key, with `{name}` filled in. */
export const panelText: PanelText = (key, values = {}) => {
  const { en = key, sv = en, fi = en } = words[key] ?? {};
  const filled = (text: string): string =>
    Object.entries(values).reduce((rest, [name, value]) => rest.replaceAll(`{${name}}`, value), text);
  return { en: filled(en), sv: filled(sv), fi: filled(fi) };
};
