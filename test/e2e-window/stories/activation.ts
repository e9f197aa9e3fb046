import type { ActivityView } from '../../../host/window/view/activity-view.js';
import { activate, gemalto, organisationCard, reader } from './cards.js';
import type { Say, Story } from './say.js';

/** The way of a new card, in the order in which a person walks it. */
export const activationStories: Readonly<Record<string, Story>> = {
  'activation-new': (say) => ({ readers: [newCard(say)], wish }),
  'activation-waiting': (say) => ({ readers: [newCard(say)], wish, activities: [activity(say, 'waiting', [])] }),
  'activation-running': (say) => ({
    readers: [newCard(say)],
    wish,
    activities: [{ ...activity(say, 'running', []), progress: 0.5 }],
  }),
  'activation-removed': (say) => ({
    readers: [reader(say, 'no-card')],
    activities: [
      activity(say, 'failed', [
        say(
          'The card was taken out. The basic code is set, the signature code is not.',
          'Kortet togs ut. Baskoden är inställd, signaturkoden inte.',
          'Kortti otettiin pois. Perustunnusluku on asetettu, allekirjoitustunnusluku ei.',
        ),
      ]),
    ],
  }),
  'activation-half': (say) => ({
    readers: [reader(say, 'activation', { card: organisationCard(say, ['ok', 'not-set']), actions: [activate(say)] })],
    wish,
  }),
  'activation-done': (say) => ({
    readers: [reader(say, 'ready', { card: organisationCard(say) })],
    activities: [
      activity(say, 'done', [
        say(
          'The card is ready. Keep the letter with the activation code, apart from the card: the code is also the PUK that unlocks a locked code.',
          'Kortet är klart att användas. Spara brevet med aktiveringskoden, skilt från kortet: koden är också den PUK-kod som låser upp en låst kod.',
          'Kortti on valmis käytettäväksi. Säilytä kirje, jossa aktivointitunnusluku on, erillään kortista: se on myös PUK-koodi, jolla lukitus vapautetaan.',
        ),
      ]),
    ],
  }),
};

const wish = { number: 1, place: `activation:${gemalto}` };

const newCard = (say: Say) =>
  reader(say, 'activation', { card: organisationCard(say, ['not-set', 'not-set']), actions: [activate(say)] });

function activity(say: Say, state: ActivityView['state'], lines: readonly string[]): ActivityView {
  const title = say('Activate the card', 'Aktivera kortet', 'Aktivoi kortti');
  const base = { id: 'a1', title, reader: gemalto, state, lines, cancellable: state === 'waiting' };
  return state === 'waiting' ? { ...base, pinPage: 'http://127.0.0.1:1/code' } : base;
}
