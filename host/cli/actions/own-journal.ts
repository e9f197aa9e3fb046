import { Journal } from '../../audit/journal.js';
import type { Context } from '../context.js';

/** The person's journal, for reading: a host is not needed. */
export function ownJournal({ paths }: Context): Journal {
  return new Journal({ folder: paths.state, wanted: () => false });
}
