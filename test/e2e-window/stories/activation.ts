import type { ActivityView } from '../../../host/window/view.js';
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
        say('Both codes are set.', 'Båda koderna är inställda.', 'Molemmat tunnusluvut on asetettu.'),
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
