import { requesterOf } from '../plugins/launch.js';
import type { HostDesk } from './host-desk.js';

/** Who asks when the host itself does. */
export const hostRequester = 'Sigill';

/** What the person is told of who asks: a plugin, or the host itself. */
export function requester({ needs, language }: HostDesk, plugin: string | undefined): string {
  const found = needs.host.plugins.list().find(({ name }) => name === plugin)?.plugin;
  return found === undefined ? hostRequester : requesterOf(found, language);
}
