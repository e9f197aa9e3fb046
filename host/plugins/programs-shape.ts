import { boolean, listOf, record, text } from './shape.js';

/** The host makes ids of profiles; a plugin only repeats them. */
export const profileId = text(16, /^[0-9a-f]+$/);

const certificate = { card: text(100, /^[\w:.-]+$/), id: text(128, /^[0-9A-Fa-f]+$/) };

/** What a plugin may wish for programs: names of what the host knows, and no path, key or text of a file. */
export const setUp = {
  authorities: listOf(record({ ...certificate, trusted: boolean }), 32),
  accounts: listOf(
    record(
      { profile: profileId, identity: text(64, /^[\w-]+$/) },
      { signing: record(certificate), encryption: record(certificate) },
    ),
    200,
  ),
};
