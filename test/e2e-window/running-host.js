import { ended, Home, shown } from '../e2e/sigill.js';
/** The whole program, and its window in a browser. */
export class RunningHost {
    #home = new Home();
    #context;
    #process;
    constructor(context) {
        this.#context = context;
    }
    /** Starts it with a card (`fineid-org:new-a`) that has a fault or none, and gives its window. */
    start(card, fault) {
        const environment = fault === undefined ? {} : { SIGILL_SIMULATE_FAULTS: JSON.stringify([fault]) };
        return this.startWith(['--simulate', card], environment);
    }
    /** The same with other words before the command: none for real readers. */
    async startWith(words, environment) {
        this.#process = this.#home.start([...words, '--lang', 'en', 'start', '--headless'], environment);
        await shown(this.#process.stdout, /window/);
        const { address } = await this.#home.json(['window', '--print']);
        const page = await this.#context.newPage();
        await page.goto(address);
        await page.waitForSelector('main');
        return page;
    }
    /** Takes the card out of the first reader, or puts it back. */
    async hand(action) {
        await this.#home.json(['simulate', `--${action}`]);
    }
    async stop() {
        if (this.#process !== undefined) {
            const end = ended(this.#process);
            await this.#home.sigill(['quit']);
            await end;
        }
        this.#home.remove();
    }
}
/** Opens the code window from the page, as a person does who did not see it open. */
export async function codeWindow(page) {
    const opening = page.context().waitForEvent('page');
    await page.click('wa-button >> text=Open the code window');
    const opened = await opening;
    await opened.waitForSelector('input, button');
    return opened;
}
/** Types the codes in the order in which they are asked, and sends them. */
export async function typeCodes(window, ...codes) {
    const inputs = window.locator('input[type=password]');
    await inputs.first().waitFor();
    for (const [index, code] of codes.entries())
        await inputs.nth(index).fill(code);
    await window.click('button.primary');
}
