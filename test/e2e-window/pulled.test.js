import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCard } from '@sigill/core/sim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { holdCards } from './held-cards.js';
import { codeWindow, typeCodes } from './running-host.js';
const folder = fileURLToPath(new URL('../output/pulled/', import.meta.url));
const [basic, signature] = ['2580', '147258'];
/** What the window may say of a card that was pulled, and of which cards that is so: the codes that are set, and presentations made. */
const sentences = {
    untouched: {
        says: /^The card was taken out of .* No try was spent\./m,
        so: (set, presented) => set === '' && presented === 0,
    },
    unsure: { says: /^The card’s answer to .* a change may or may not have been made/m, so: () => true },
    half: {
        says: /Set: the basic code \(PIN1\)\. Not set: the signature code \(PIN2\)\./,
        so: (set) => set === 'PIN1',
    },
    'half or whole': {
        says: /Set: the basic code \(PIN1\)\. It is not known whether the signature code \(PIN2\) is set\./,
        so: (set) => set.startsWith('PIN1'),
    },
    whole: {
        says: /basic code \(PIN1\) is set\.\s+The signature code \(PIN2\) is set\.\s+The card is ready\./,
        so: (set) => set === 'PIN1 PIN2',
    },
};
let browser;
let held;
let page;
beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    buildPage();
    browser = await openBrowser();
    held = await holdCards();
    page = await browser.context.newPage();
    await page.goto(held.address);
});
afterAll(async () => {
    await browser.close();
    await held.close();
});
describe.each([
    { name: 'fineid-org', state: 'new-a', letter: '12345678', pins: { PIN1: 3, PIN2: 4 } },
    { name: 'fineid-v4', state: 'new-b', letter: '1234567', pins: { PIN1: 0x11, PIN2: 0x82 } },
])('the activation of $name:$state goes on when the card', ({ name, state, letter, pins }) => {
    const codesOf = (card) => Object.entries(pins)
        .flatMap(([id, reference]) => (card.pins.get(reference)?.changed ? [id] : []))
        .join(' ');
    it.each([
        ['is pulled before a command, whichever', 'removed-before', Object.keys(sentences)],
        // To the card it is the same whether the host misses the answer to a read or never sends the next command.
        ['is pulled before it can answer a command with a code', 'executed-reply-lost', ['unsure', 'half or whole']],
    ])('%s', async (_when, kind, expected) => {
        const whole = createCard(name, state);
        const commands = await activate(whole, `${state} whole`);
        await page.waitForSelector('text=Your card is ready');
        held.away(`${state} whole`);
        const withCode = (command) => command.includes('(secret)');
        const seen = new Set();
        for (const [index, command] of commands.entries()) {
            if (kind === 'executed-reply-lost' && !withCode(command))
                continue;
            seen.add(await pulled(createCard(name, state), `${state} ${index}`, { at: index + 1, kind }, whole));
        }
        expect([...seen].sort()).toEqual([...expected].sort());
    }, 300000);
    /** Activates a card in a new reader, and gives what it was sent from the person's consent to the end of it all. */
    async function activate(card, reader, fault) {
        held.insert(reader, card);
        await page.click('wa-button >> text=Start');
        const window = await codeWindow(page);
        await held.quiet(reader);
        const before = card.log.length;
        if (fault !== undefined)
            card.inject(fault);
        await consent(window, reader, letter, basic, basic, signature, signature);
        expect(card.faultsLeft).toBe(0);
        return card.log.slice(before).map(({ command }) => command);
    }
    /** One card that is pulled, put back and finished. Gives what the window said of it while it was gone. */
    async function pulled(card, reader, fault, whole) {
        await activate(card, reader, fault);
        const set = codesOf(card);
        const { presentations } = card.counters;
        const said = await page.locator('.empty:has(wa-callout)').innerText();
        const told = Object.entries(sentences).filter(([, { says }]) => says.test(said));
        expect({ reader, said, set, so: told.map(([, { so }]) => so(set, presentations)) }).toMatchObject({ so: [true] });
        expect(said).toContain(told[0]?.[0] === 'whole' ? 'Your card is ready' : 'Put the card back to go on');
        await page.screenshot({ path: join(folder, `${state}-${told[0]?.[0]}.png`.replaceAll(' ', '-')) });
        held.readers.insert(reader, card);
        await page.waitForSelector('.walk .rail');
        await held.quiet(reader);
        // What was presented once is not presented again by itself.
        expect({ reader, presentations: card.counters.presentations }).toEqual({ reader, presentations });
        if (set !== 'PIN1 PIN2') {
            await page.click(`wa-button >> text=${set === '' ? 'Start' : 'Continue'}`);
            const first = set === '' ? [basic, basic] : [];
            await consent(await codeWindow(page), reader, letter, ...first, signature, signature);
        }
        await page.waitForSelector('text=Your card is ready');
        expect(await page.locator('.finished wa-callout[variant=danger]').count()).toBe(0);
        await page.locator('.activity .closer').evaluateAll((all) => all.forEach((one) => one.click()));
        held.away(reader);
        expect({ reader, pins: card.pins }).toEqual({ reader, pins: whole.pins });
        expect(card.counters.presentations - whole.counters.presentations).toBeLessThanOrEqual(1);
        return told[0]?.[0] ?? '';
    }
});
/** Types the codes and waits until all is over that came of it. */
async function consent(window, reader, ...codes) {
    const ended = held.ended();
    await typeCodes(window, ...codes);
    await ended;
    await held.quiet(reader);
    await window.close();
}
