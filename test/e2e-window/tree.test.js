import { describe, expect, it } from 'vitest';
import { stage } from './stage.js';
import { more, organisationCard, reader } from './stories/cards.js';
import { deviceStories } from './stories/devices.js';
import { tell } from './stories/say.js';
const open = stage();
const story = (name) => deviceStories[name];
const english = (en) => en;
describe('the keyboard alone goes through the tree', () => {
    it('with arrows, Home, End and letters; the detail follows', async () => {
        const { page } = await open(tell(story('two-readers'), 'en'));
        await page.keyboard.press('Tab');
        while (!(await focus(page)))
            await page.keyboard.press('Tab');
        expect(await focus(page)).toBe('Anna Virtanen');
        expect(await press(page, 'ArrowDown')).toBe('Basic code (PIN1)');
        expect(await page.textContent('.detail h2')).toBe('Basic code (PIN1)');
        expect(await press(page, 'ArrowLeft')).toBe('Anna Virtanen');
        expect(await press(page, 'ArrowLeft')).toBe('Anna Virtanen');
        expect(await expanded(page)).toBe('false');
        expect(await press(page, 'ArrowDown')).toBe('OMNIKEY AG CardMan 3121 01 00');
        expect(await press(page, 'ArrowRight')).toBe('Maximilian von Schantz-Österbladh');
        expect(await press(page, 's')).toBe('Signature code (PIN2)');
        expect(await press(page, 'Home')).toBe('Gemalto PC Twin Reader 00 00');
        expect(await press(page, 'End')).toBe('Keys');
        expect(await press(page, 'Enter')).toBe('Keys');
        expect(await expanded(page)).toBe('true');
    });
    it('and Tab leaves it for the buttons of the detail', async () => {
        const { page, server } = await open(tell(story('ready'), 'en'));
        await page.focus('[role=treeitem][aria-selected=true]');
        await press(page, 'b');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await expect.poll(() => server.requests).toEqual([{ kind: 'run', command: 'pin.change', args: { pin: 'PIN1' } }]);
    });
    it('and the focus stays in it when a card is pulled', async () => {
        const { page, server } = await open(tell(story('ready'), 'en'));
        await page.focus('[role=treeitem][aria-selected=true]');
        await press(page, 's');
        server.show(tell(story('empty'), 'en'));
        await page.waitForSelector('.drawing');
        await expect.poll(() => focus(page)).toBe('Gemalto PC Twin Reader 00 00');
    });
});
it('what a card holds beyond its first level is asked for once, when it is opened', async () => {
    const { page, server } = await open(tell(story('ready'), 'en'));
    await page.click('text=CA certificates');
    await page.waitForSelector('text=Reading more from the card');
    await page.click('text=Keys');
    expect(server.requests).toEqual([{ kind: 'details', card: 'card-1' }]);
    const full = { ...organisationCard(english), ...more(english) };
    server.show(tell((say) => ({ readers: [reader(say, 'ready', { card: full })] }), 'en'));
    await page.click('.detail >> text=Key to sign');
    await page.click('wa-button >> text=Test the key');
    await expect.poll(() => server.requests.at(-1)).toMatchObject({ kind: 'run', command: 'host.test-key' });
});
it('a certificate shows its facts, and is saved by links of the host', async () => {
    const { page } = await open(tell(story('ready'), 'en'));
    await page.click('.rows >> text=Log in and encrypt');
    expect(await page.textContent('.detail h2')).toBe('Log in and encrypt');
    expect(await page.locator('wa-button[download]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['/api/certificate/card-1/45.pem', '/api/certificate/card-1/45.der']);
    await page.click('wa-details');
    await page.waitForSelector('text=9F:0A:11');
});
it('a reader name with anything in it is drawn as a name', async () => {
    const name = '<img src=x onerror=alert(1)> "&\' %23';
    const { page } = await open(tell((say) => ({ readers: [reader(say, 'no-card', { name })] }), 'en'));
    expect(await page.textContent('[role=treeitem] .label > span')).toBe(name);
    expect(await page.locator('img').count()).toBe(0);
});
/** The label of the item that has the focus; empty outside the tree. */
const focus = (page) => page.evaluate(() => document.activeElement?.querySelector('.label > span')?.textContent ?? '');
const expanded = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-expanded') ?? null);
async function press(page, key) {
    await page.keyboard.press(key);
    return focus(page);
}
