/** What the page asks of the host: `POST /api/request` with one of these as JSON (bounded, checked by hand; no other form of request changes anything). */
export type WindowRequest =
  | { readonly kind: 'run'; readonly command: string; readonly args: Readonly<Record<string, string>> }
  | { readonly kind: 'cancel'; readonly activity: string }
  | { readonly kind: 'dismiss'; readonly activity: string }
  | { readonly kind: 'language'; readonly language: string }
  | {
      readonly kind: 'setting';
      readonly owner: string;
      readonly key: string;
      readonly value: string | number | boolean;
    }
  /** The person has come to a panel: its plugin is started. */
  | { readonly kind: 'open-panel'; readonly panel: string }
  /** Documents for a panel, by the desktop's own dialog. */
  | { readonly kind: 'choose'; readonly panel: string }
  /** Takes a document away from a panel; the file stays as it is. */
  | { readonly kind: 'forget'; readonly panel: string; readonly document: string }
  | { readonly kind: 'details'; readonly card: string }
  /** Tries what was typed to open documents, by `passwordKey`; the panel's view tells which open. */
  | { readonly kind: 'unlock'; readonly panel: string; readonly typed: Readonly<Record<string, string>> }
  /** `values` by the keys of the form's fields, and by `passwordKey`. */
  | {
      readonly kind: 'submit';
      readonly panel: string;
      readonly form: string;
      readonly values: Readonly<Record<string, string | number | boolean>>;
    };

/** The key of what is typed to open a document. */
export const passwordKey = (field: string, document: string): string => `${field} ${document}`;

/** Other addresses of the page's origin, all `GET`, all with the cookie: `/` and its assets; `/api/view` (server-sent events, each a whole
 * `WindowView` as JSON); `/api/certificate/CARD/ID.pem|der` (a download). Failures answer `{ code, facts, message }`. */
export const viewStream = '/api/view';
export const requestPath = '/api/request';
export const certificatePath = '/api/certificate';
/** `POST …/PANEL/NAME` takes in a dropped document, its bytes as the body (`application/octet-stream`); `GET …/ID` gives a piece of a given one (`Range: bytes=A-B`). */
export const documentPath = '/api/document';
/** The journal as a `JournalView`; its file as a download. */
export const journalPath = '/api/journal';
export const journalFilePath = '/api/journal.jsonl';
