import { type Disposable, failureData, isFailure, type Language, type Log } from '@sigill/core';
import { map, type Observable, shareReplay, throttleTime } from 'rxjs';
import { join } from 'node:path';
import { builtFolder } from '../installed.js';
import { failureText } from '../messages/failure-text.js';
import { hostTexts } from '../messages/texts.js';
import { attachment, pemOf } from './certificate-file.js';
import type { Desk } from './desk.js';
import { documentRoutes } from './document-routes.js';
import { GuardedServer } from './guarded-server.js';
import { journalRoutes } from './journal-routes.js';
import { requestSize } from './limits.js';
import { readPageFiles } from './page-files.js';
import { pdfDataRoutes } from './pdf-data-routes.js';
import { parseRequest } from './parse-request.js';
import { certificatePath, requestPath, viewStream } from './requests.js';
import type { Answer, Route } from './routes.js';
import { windowTexts } from './window-texts.js';

export interface WindowSettings {
  readonly desk: Desk;
  readonly log: Log;
  /** The person's language now. */
  language(): Language;
  /** The folder of the built page; `host/dist/window/page` where it is left out. */
  readonly page?: string;
  /** The user that may connect; the host's own where it is left out. */
  readonly user?: number;
}

/** Milliseconds between two views, so that a hundred events in a row are not a hundred drawings; the first goes at once. */
const pace = 20;

/** The window's origin: its page, the view as it changes, and what the page asks for. */
export class WindowServer implements Disposable {
  readonly #server: GuardedServer;

  private constructor(server: GuardedServer) {
    this.#server = server;
  }

  /** Reads the page and listens. Fails with an ordinary error when the page was not built. */
  static async open({ desk, log, language, page = builtPage, user }: WindowSettings): Promise<WindowServer> {
    return new WindowServer(
      await GuardedServer.open({
        files: await readPageFiles(page),
        routes: [...routes(desk, log, language), ...pdfDataRoutes(page)],
        log,
        ...(user === undefined ? {} : { user }),
        say: (key) => windowTexts(language()).text(key),
      }),
    );
  }

  /** An address that opens the window, once, within two minutes. */
  address(): string {
    return this.#server.address();
  }

  /** Ends every connection. */
  dispose(): void {
    this.#server.dispose();
  }
}

const builtPage = join(builtFolder, 'window/page');

function routes(desk: Desk, log: Log, language: () => Language): readonly Route[] {
  const views = shown(desk);
  const failed = (error: unknown): Answer => {
    if (!isFailure(error)) log.error(`window: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`);
    const failure = failureData(error);
    const status = failure.code === 'call-invalid' ? 400 : 409;
    const message = desk.say?.(failure) ?? failureText(hostTexts(language()), failure);
    return json(status, { ...failure, message });
  };
  return [
    ...(desk.documents === undefined ? [] : documentRoutes(desk.documents, language, failed)),
    ...(desk.journal === undefined ? [] : journalRoutes(desk.journal, failed)),
    {
      kind: 'stream',
      path: whole(viewStream),
      open(stream) {
        const seen = views.subscribe((view) => stream.show(view));
        return { dispose: () => seen.unsubscribe() };
      },
    },
    {
      kind: 'answer',
      method: 'POST',
      path: whole(requestPath),
      body: { type: 'application/json', most: requestSize },
      async answer({ body }) {
        try {
          await desk.request(parseRequest(body));
          return { status: 204 };
        } catch (error) {
          return failed(error);
        }
      },
    },
    {
      kind: 'answer',
      method: 'GET',
      path: new RegExp(`^${certificatePath}/([\\w.~%-]{1,300})/([\\w.~%-]{1,300})\\.(pem|der)$`),
      async answer({ found: [, card = '', id = '', form] }) {
        try {
          const { der, name } = await desk.certificate(decodeURIComponent(card), decodeURIComponent(id));
          if (form === 'der') return attachment(der, 'application/pkix-cert', `${name}.der`);
          return attachment(pemOf(der), 'application/x-pem-file', `${name}.pem`);
        } catch (error) {
          return error instanceof URIError ? { status: 404 } : failed(error);
        }
      },
    },
  ];
}

/** The view as text, made once for all pages. */
function shown(desk: Desk): Observable<string> {
  return desk.view.pipe(
    throttleTime(pace, undefined, { leading: true, trailing: true }),
    map((view) => JSON.stringify(view)),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
}

const whole = (path: string): RegExp => new RegExp(`^${path}$`);

const json = (status: number, body: unknown): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});
