import { attach, type AttachedSocket } from '../resident/attach.js';
import { socketPlace } from '../resident/socket-place.js';
import { homeOf } from '../reach/home-of.js';
import { HostThere } from '../reach/host-there.js';
import type { ReachedHost } from '../reach/reached-host.js';
import { apiVersion } from '../plugins/manifest.js';
import type { OpenSettings } from './open-host.js';
import { promptFor } from './prompts.js';
import type { Say } from './say.js';

export interface ReachSettings extends OpenSettings {
  readonly say: Say;
}

/**
 * Lends the host that runs, or else one that is opened for this command alone: for simulated cards that the other has not, for a trace, with
 * other folders, and when the one that runs is another version, which is told.
 */
export async function reachHost<T>(settings: ReachSettings, use: (host: ReachedHost) => Promise<T>): Promise<T> {
  const { io, texts, options } = settings;
  const prompt = promptFor(io, texts, options);
  const socket = await running(settings, prompt.typeOnReader !== undefined);
  if (socket !== undefined) {
    const there = new HostThere(socket, prompt);
    try {
      return await use(there);
    } finally {
      there.dispose();
    }
  }
  // Loaded when a command needs it: who finds a host that runs does not wait for another.
  const [{ openHost }, { hostHere }] = await Promise.all([import('./open-host.js'), import('../reach/host-here.js')]);
  return await openHost(settings, (host) => use(hostHere(host)));
}

async function running(
  { io, texts, options, paths, trace, say }: ReachSettings,
  onReader: boolean,
): Promise<AttachedSocket['socket'] | undefined> {
  // Faults are those of the command's own cards.
  if (trace !== undefined || io.environment['SIGILL_SIMULATE_FAULTS'] !== undefined) return undefined;
  const found = await attach(socketPlace(paths.runtime, io.platform).socket, { language: texts.language, onReader });
  if (found === undefined) return undefined;
  const { simulate: cards } = options;
  const has = cards === undefined || JSON.stringify(cards) === JSON.stringify(found.simulated);
  if (has && found.version === apiVersion && found.home === homeOf(paths, io.home)) return found.socket;
  found.socket.destroy();
  if (cards === undefined && found.version !== apiVersion)
    say.aside(texts.text('host.other-version', { running: found.version || '?', own: apiVersion }));
  return undefined;
}
