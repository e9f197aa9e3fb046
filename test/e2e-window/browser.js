import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
/** A quiet Chromium with an empty memory of its own; `close` removes that too. */
export async function openBrowser() {
    const memory = mkdtempSync(join(tmpdir(), 'sigill-chromium-'));
    const context = await chromium.launchPersistentContext(memory, {
        executablePath: chromiumPath(),
        headless: true,
        viewport: { width: 1200, height: 860 },
        reducedMotion: 'reduce',
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
    return {
        context,
        async close() {
            await context.close();
            rmSync(memory, { recursive: true, force: true });
        },
    };
}
function chromiumPath() {
    return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ?? 'chromium';
}
