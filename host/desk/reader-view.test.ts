import type { Language } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { card, certificate, inAll, pin, reader } from '../../test/window/desk-views.js';

describe('a reader', () => {
  it('says its state in the issuers’ words', () => {
    expect(inAll((language) => reader({ card: card() }, language)?.state)).toEqual([
      'the card is ready',
      'kortet är klart att användas',
      'kortti on valmis käytettäväksi',
    ]);
  });

  it('has one of the nine icons', () => {
    const near = { card: card({ certificates: [certificate('2026-12-01T00:00:00Z')] }) };
    const icons = (['empty', 'reading', 'not-activated', 'pin-locked', 'no-certificate', 'error'] as const).map(
      (state) => reader({ state })?.icon,
    );
    expect([...icons, reader(near)?.icon]).toEqual([
      'no-card',
      'reading',
      'activation',
      'locked',
      'no-certificate',
      'unrecognised',
      'expiring',
    ]);
    expect(reader(near)?.advice[0]).toContain('1 December 2026');
  });

  it('with a new card offers its activation, and says which codes to think of', () => {
    const missing = [pin('PIN1', { state: 'not-set' }), pin('PIN2', { state: 'not-set' })];
    const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN1', 'PIN2'] } as const;
    const view = reader({ state: 'not-activated', card: card({ pins: missing, activation }) }, 'sv');
    expect(view?.actions).toEqual([
      { command: 'activation.activate', args: { card: 'card-1' }, label: 'Aktivera kortet' },
    ]);
    expect(view?.advice).toEqual([
      'Kortet är nytt. Ha brevet med aktiveringskoden till hands och tänk först ut dina nya koder: baskod (PIN1) och signaturkod (PIN2).',
    ]);
    expect(view?.card?.pins[0]?.actions.every(({ why }) => why !== undefined)).toBe(true);
  });

  it('with half a card calls it finishing', () => {
    const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN2'] } as const;
    const pins = [pin('PIN1'), pin('PIN2', { state: 'not-set' })];
    const view = reader({ state: 'half-activated', card: card({ pins, activation }) });
    expect(view?.actions[0]?.label).toBe('Finish the activation');
  });

  it('with a new card tells the tries of the code in its letter before anything is typed', () => {
    const missing = [pin('PIN1', { state: 'not-set' })];
    const code = (tries: object, language: Language = 'en') => {
      const activation = { scheme: 'A', codeMinLength: 8, codeMaxLength: 8, missing: ['PIN1'], ...tries } as const;
      return reader({ state: 'not-activated', card: card({ pins: missing, activation }) }, language)?.activationCode;
    };
    expect(code({ codeTriesLeft: 5, codeTriesMax: 5 })).toEqual({ tries: '5 of 5 tries', triesLeft: 5, triesMax: 5 });
    expect(code({ codeTriesLeft: 3 })).toEqual({ tries: '3 tries left', triesLeft: 3 });
    expect(code({})).toEqual({ tries: 'tries not told by the card' });
    expect(inAll((language) => code({ codeTriesLeft: 2, codeTriesMax: 5 }, language)?.warning)).toEqual([
      'Only 2 tries are left. If the activation code is wrong 2 times more, the card is locked for ever. Compare each digit with the letter.',
      'Bara 2 försök är kvar. Om aktiveringskoden är fel 2 gånger till låses kortet för alltid. Jämför varje siffra med brevet.',
      'Vain 2 yritystä on jäljellä. Jos aktivointitunnusluku on vielä 2 kertaa väärä, kortti lukittuu pysyvästi. Vertaa jokaista numeroa kirjeeseen.',
    ]);
    expect(code({ codeTriesLeft: 1, codeTriesMax: 5 })?.warning).toContain('Only one try is left.');
    expect(reader({ card: card() })).not.toHaveProperty('activationCode');
  });

  it('with a card that it does not know gives a report to copy, without a word of any holder', () => {
    const failure = { code: 'card-unrecognised', facts: { reader: 'R', atr: '3b1234' } } as const;
    const { report = '', advice } = reader({ state: 'unrecognised', failure }) ?? { advice: [] };
    expect(JSON.parse(report)).toMatchObject({ reader: 'R', state: 'unrecognised', failure, sigill: '1' });
    expect(advice).toHaveLength(2);
  });
});
