import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstValueFrom } from 'rxjs';
import { SimulatedReaders } from '@sigill/core/sim';
import { HostDesk } from '../../host/dist/desk/host-desk.js';
import { PluginLogs } from '../../host/dist/desk/plugin-logs.js';
import { findPaths } from '../../host/dist/paths.js';
import { findPlugins } from '../../host/dist/plugins/finder.js';
import { readProfiles } from '../../host/dist/read-profiles.js';
import { askResident } from '../../host/dist/resident/ask-resident.js';
import { Resident } from '../../host/dist/resident/resident.js';
import { socketPlace } from '../../host/dist/resident/socket-place.js';
import { Settings } from '../../host/dist/settings/settings.js';
import { SettingsFile } from '../../host/dist/settings/settings-file.js';
import { PinPagePrompt } from '../../host/dist/window/pin-page/pin-page-prompt.js';
import { wireHost } from '../../host/dist/wiring.js';
const silent = () => { };
const log = { debug: silent, info: silent, warn: silent, error: silent };
const opener = { open: silent };
const about = { version: '1', api: '1', node: '', system: '', simulated: true, log: '', settings: '', plugins: [] };
export async function holdCards() {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-held-'));
    const at = { XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder };
    const paths = findPaths(at, process.platform, folder);
    const plugins = await findPlugins(paths.plugins);
    const { profiles } = await readProfiles(plugins.plugins);
    const readers = new SimulatedReaders();
    const prompt = new PinPagePrompt({ opener, log, language: () => 'en' });
    const { signal } = new AbortController();
    const host = wireHost({
        ...{ paths, log, plugins, profiles, prompt, signal },
        language: () => 'en',
        pcsc: readers,
        requester: 'Sigill',
    });
    const settings = new Settings(new SettingsFile(join(folder, 'settings.json')));
    const logs = new PluginLogs(plugins.plugins.map(({ manifest }) => manifest.name));
    const asking = prompt.asked;
    const desk = new HostDesk({ host, settings, logs, about, asking, language: 'en', autostart: silent });
    const place = socketPlace(join(folder, 'run'), process.platform);
    const resident = await Resident.start({ host, desk, opener, place, headless: true, quit: silent });
    host.plugins.start();
    const { address = '' } = await askResident(place.socket, { kind: 'print' });
    return {
        address,
        readers,
        insert(reader, card) {
            readers.addReader(reader);
            readers.insert(reader, card);
        },
        away: (reader) => readers.removeReader(reader),
        quiet: (reader) => quiet(host, reader),
        async ended() {
            await firstValueFrom(desk.ended);
        },
        async close() {
            resident.dispose();
            desk.dispose();
            await host.close();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
/** A card's uses come one after the other: when one more has had its turn, or has none any more, those before it are done. */
async function quiet(host, name) {
    const readers = await firstValueFrom(host.cards.readers);
    const card = readers.find((reader) => reader.name === name)?.card;
    if (card !== undefined)
        await host.cards.use(card.id, async () => { }).catch(silent);
}
