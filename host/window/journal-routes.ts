import { attachment } from './certificate-file.js';
import type { PageJournal } from './desk.js';
import { journalFilePath, journalPath } from './requests.js';
import type { Answer, Route } from './routes.js';

/** The journal as the page shows it, and as a file to keep. */
export function journalRoutes(journal: PageJournal, failed: (error: unknown) => Answer): readonly Route[] {
  return [
    {
      kind: 'answer',
      method: 'GET',
      path: new RegExp(`^${journalPath}$`),
      answer() {
        try {
          return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(journal.view()) };
        } catch (error) {
          return failed(error);
        }
      },
    },
    {
      kind: 'answer',
      method: 'GET',
      path: new RegExp(`^${journalFilePath.replace('.', '\\.')}$`),
      answer() {
        try {
          return attachment(journal.file(), 'application/jsonl', 'sigill-journal.jsonl');
        } catch (error) {
          return failed(error);
        }
      },
    },
  ];
}
