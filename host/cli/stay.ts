import { arch, release, type } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@sigill/core';
import { map } from 'rxjs';
import type { About } from '../desk/desk-state.js';
import { HostDesk } from '../desk/host-desk.js';
import { PluginLogs } from '../desk/plugin-logs.js';
import { apiVersion } from '../plugins/manifest.js';
import { ownChoices } from '../own-choices.js';
import { autostartEntry, setAutostart } from '../resident/autostart.js';
import { serveResident } from '../resident/serve-resident.js';
import type { SocketPlace } from '../resident/socket-place.js';
import { homeOf } from '../reach/home-of.js';
import { Settings } from '../settings/settings.js';
import { SettingsFile } from '../settings/settings-file.js';
import { choosers, chooseFiles } from '../chooser/open-chooser.js';
import type { FileQuestion } from '../chooser/file-chooser.js';
import { FileShower } from '../desktop/file-shower.js';
import { changeMenus, hasMenus } from '../integrate/change-menus.js';
import type { Opener } from '../window/desk.js';
import { hasDesktop } from '../window/desktop-program.js';
import { DesktopOpener } from '../window/opener.js';
import { PinPagePrompt } from '../window/pin-page/pin-page-prompt.js';
import type { Given } from '../wiring.js';
import type { Context } from './context.js';
import { lendHost, withGiven } from './open-host.js';

export interface StayOptions {
  /** No window and no icon: `sigill window --print` gives the window's address. */
  readonly headless?: boolean;
  /** An icon, and a window only when somebody asks for it: how a session starts it. */
  readonly background?: boolean;
  /** Absolute paths of documents to begin with. */
  readonly documents?: readonly string[];
}

/** Runs the host until somebody ends it. `place` is this process's own. */
export async function stay(here: Context, place: SocketPlace, options: StayOptions): Promise<void> {
  const { io, texts, paths, say } = here;
  const { headless = false, background = false, documents } = options;
  const seen = !headless && hasDesktop(io);
  await withGiven(here, async (usual, hand) => {
    const { log, plugins } = usual;
    const file = new SettingsFile(join(paths.config, 'settings.json'));
    const settings = new Settings(file, (why) => log.warn(`settings set aside: ${why}`));
    if (here.options.lang !== undefined) await settings.choose({ language: texts.language });
    const language = () => settings.now.language ?? texts.language;
    const opener: Opener = headless
      ? { open: () => {} }
      : new DesktopOpener({ environment: io.environment, data: paths.data, runtime: paths.runtime, log });
    const prompt = new PinPagePrompt({ opener, log, language, theme: () => settings.now.theme });
    const logs = new PluginLogs(plugins.plugins.map(({ manifest }) => manifest.name));
    const ending = new AbortController();
    const given: Given = {
      ...usual,
      log: logs.listen(log),
      prompt,
      programs: { home: io.home, environment: io.environment },
      language,
      own: ownChoices(settings),
      settings: (plugin) => settings.chosen.pipe(map((chosen) => chosen.plugins[plugin]?.values ?? {})),
      signal: AbortSignal.any([io.signal, ending.signal]),
    };
    const following = settings.follow();
    given.signal.addEventListener('abort', () => following.dispose(), { once: true });
    await lendHost(given, async (host) => {
      const desk = new HostDesk({
        host,
        settings,
        logs,
        language: texts.language,
        about: about(here, file.path, hand !== undefined),
        asking: prompt.asked,
        autostart: (wanted) => setAutostart(autostartEntry(io, program), wanted),
        fileMenu: { is: () => hasMenus(io, language()), want: (wanted) => changeMenus(io, language(), wanted) },
        ...(headless ? {} : onDesktop(io, log, given.signal)),
      });
      const quit = (): void => ending.abort();
      await serveResident(
        {
          host,
          hand,
          desk,
          opener,
          place,
          headless,
          background,
          documents,
          io,
          paths,
          quit,
          home: homeOf(paths, io.home),
          simulated: here.options.simulate,
        },
        given.signal,
        () =>
          say.answer({ started: true, pid: process.pid }, () =>
            say.sentence(texts.text(seen ? 'start.running' : 'start.headless')),
          ),
      );
    });
  });
}

/** What a desktop has for files. */
function onDesktop({ environment, platform }: Context['io'], log: Log, signal: AbortSignal) {
  const dialogs = choosers(environment, platform);
  return {
    // Where there can be none, the window's own place for files is offered at once.
    ...(platform === 'linux'
      ? { dialog: async (question: FileQuestion) => await chooseFiles(await dialogs, question, signal) }
      : {}),
    files: new FileShower({ environment, platform, log }),
  };
}

/** How a session starts it. */
const program = { command: process.execPath, args: [process.argv[1] ?? 'sigill', 'start', '--background'] };

function about({ paths }: Context, settings: string, simulated: boolean): About {
  const { bundled, system, user } = paths.plugins;
  return {
    version: apiVersion,
    api: apiVersion,
    node: process.versions.node,
    system: `${type()} ${release()} ${arch()}`,
    simulated,
    log: join(paths.state, 'sigill.log'),
    settings,
    plugins: [bundled, ...(system === undefined ? [] : [system]), user],
  };
}
