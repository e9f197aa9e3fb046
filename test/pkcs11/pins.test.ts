import { afterEach, describe, expect, it } from 'vitest';
import { CKR } from '../../host/pkcs11/constants.js';
import { Program, refused } from './program.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

let stage: Pkcs11Stage;
const pin1 = 0x11;

afterEach(() => stage.close());

async function program(card: string): Promise<Program> {
  stage = await pkcs11Stage([card]);
  return await Program.start(stage, 1);
}
const tries = (): number | undefined => stage.cards[0]?.pins.get(pin1)?.triesLeft;
const asked = (): number => stage.person.forms.length;

describe('a PIN that a program brings', () => {
  it('is presented once, and no person is asked', async () => {
    const one = await program('fineid-v4');
    expect([await refused(one.login('1234')), asked(), tries()]).toEqual([0, 0, 5]);
    one.client.close();
  });

  it('costs a try when it is wrong, and never a second one', async () => {
    const one = await program('fineid-v4');
    expect(await refused(one.login('9999'))).toBe(CKR.PIN_INCORRECT);
    expect([await refused(one.login('9999')), tries(), asked()]).toEqual([CKR.PIN_INCORRECT, 4, 0]);
    one.client.close();
  });

  it.each([
    ['too short', '123', CKR.PIN_LEN_RANGE],
    ['too long', '123456789', CKR.PIN_LEN_RANGE],
    ['with letters', '12a4', CKR.PIN_INVALID],
  ])('that is %s costs nothing', async (_how, digits, value) => {
    const one = await program('fineid-v4');
    expect([await refused(one.login(digits)), tries()]).toEqual([value, 5]);
    one.client.close();
  });

  it('is not spent on one of the last two tries: the person is asked, and may say no', async () => {
    const one = await program('fineid-v4');
    for (const wrong of ['9990', '9991', '9992']) await refused(one.login(wrong));
    delete stage.person.knows.PIN1;
    expect([await refused(one.login('1234')), tries()]).toEqual([CKR.FUNCTION_CANCELED, 2]);
    expect(stage.person.forms).toMatchObject([{ operation: 'login', lastTries: true, atStake: { triesLeft: 2 } }]);
    stage.person.knows.PIN1 = '1234';
    expect([await refused(one.login('1234')), tries()]).toEqual([CKR.FUNCTION_CANCELED, 2]);
    stage.person.dares = true;
    expect([await refused(one.login('9998')), tries()]).toEqual([0, 5]);
    one.client.close();
  });
});

describe('a PIN that the person is asked for', () => {
  it.each([
    ['typed wrong', '9999', CKR.PIN_INCORRECT, 4],
    ['typed too short', '12', CKR.PIN_LEN_RANGE, 5],
    ['not typed', undefined, CKR.FUNCTION_CANCELED, 5],
  ])('and that is %s', async (_how, digits, value, left) => {
    const one = await program('fineid-v4');
    if (digits === undefined) delete stage.person.knows.PIN1;
    else stage.person.knows.PIN1 = digits;
    expect([await refused(one.login()), tries()]).toEqual([value, left]);
    one.client.close();
  });

  it.each([
    ['locked', 'fineid-v4:pin1-locked', CKR.PIN_LOCKED],
    ['not set', 'fineid-v4:new-a', CKR.USER_PIN_NOT_INITIALIZED],
  ])('is not asked for when it is %s', async (_how, card, value) => {
    const one = await program(card);
    expect([await refused(one.login()), await refused(one.login('1234')), asked()]).toEqual([value, value, 0]);
    one.client.close();
  });
});

it('the security officer has no place on these cards', async () => {
  const one = await program('fineid-v4');
  expect(await refused(one.login('12345678', 0))).toBe(CKR.USER_TYPE_INVALID);
  one.client.close();
});
