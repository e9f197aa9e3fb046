import { pathToFileURL } from 'node:url';
import { type Observable, retry, Subject, Subscription, timer } from 'rxjs';
import { connectBus } from '../tray/dbus/bus.js';
import type { DbusPackage } from '../tray/dbus/dbus-package.js';
import { IconFiles } from '../tray/icon-files.js';
import { growingPause } from '../tray/pauses.js';
import { NotificationService } from './notification-service.js';
import type { Notice, Notifications } from './notifications.js';

export interface DesktopNotificationsOptions {
  readonly dbus: DbusPackage;
  /** As `busAddress` gives it. */
  readonly address: string;
  readonly icons?: IconFiles;
  /** Milliseconds that the service may take over one notice. */
  readonly patience?: number;
}

/** Notifications of Linux desktops, over D-Bus. Outlive their service and the bus. */
export class DesktopNotifications implements Notifications {
  readonly chosen: Observable<string>;
  readonly #chosen = new Subject<string>();
  readonly #running = new Subscription();
  readonly #icons: IconFiles;
  readonly #patience: number;
  /** What stands on the screen: its number for the service, and where it leads. */
  readonly #shown = new Map<string, { readonly number: number; readonly place: string }>();
  #service: NotificationService | undefined;
  /** One after the other, so that the same key is never shown twice; the first waits for the bus. */
  #turn: Promise<unknown>;

  constructor({ dbus, address, icons = new IconFiles(), patience = 5_000 }: DesktopNotificationsOptions) {
    this.chosen = this.#chosen.asObservable();
    this.#icons = icons;
    this.#patience = patience;
    let answered: () => void = () => undefined;
    this.#turn = this.#inTime(new Promise<void>((resolve) => (answered = resolve)));
    const again = (_: unknown, attempt: number): Observable<unknown> => {
      this.#lost();
      answered();
      return timer(growingPause(attempt));
    };
    const events = {
      pressed: (number: number) => this.#pressed(number),
      closed: (number: number) => void this.#shown.delete(this.#keyOf(number) ?? ''),
      restarted: () => this.#shown.clear(),
    };
    const buses = connectBus(dbus, address).pipe(retry({ delay: again, resetOnSuccess: true }));
    this.#running.add(
      buses.subscribe((bus) => {
        // When the bus fails in the middle, its loss is told by the connection itself.
        void this.#inTime(NotificationService.at(bus, events)).then((service) => {
          this.#service = service;
          answered();
        });
      }),
    );
  }

  show(notice: Notice): Promise<boolean> {
    const shown = this.#turn.then(() => this.#inTime(this.#show(notice))).then((done) => done === true);
    this.#turn = shown;
    return shown;
  }

  withdraw(key: string): void {
    this.#turn = this.#turn.then(async () => {
      const { number } = this.#shown.get(key) ?? {};
      this.#shown.delete(key);
      if (number !== undefined) await this.#inTime(this.#service?.close(number));
    });
  }

  dispose(): void {
    this.#running.unsubscribe();
    this.#lost();
    this.#chosen.complete();
  }

  async #show({ key, icon, title, text, action, place }: Notice): Promise<boolean> {
    const service = this.#service;
    if (service === undefined) return false;
    const replaces = this.#shown.get(key)?.number ?? 0;
    const address = pathToFileURL(this.#icons.path(icon)).href;
    const number = await service.notify({ replaces, icon: address, title, text, action });
    this.#shown.set(key, { number, place });
    return true;
  }

  /** What `work` gives; undefined when it fails or takes too long. */
  async #inTime<T>(work: Promise<T> | undefined): Promise<T | undefined> {
    let late: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>((resolve) => (late = setTimeout(resolve, this.#patience, undefined).unref()));
    try {
      return await Promise.race([work, over]);
    } catch {
      return undefined;
    } finally {
      clearTimeout(late);
    }
  }

  #keyOf(number: number): string | undefined {
    return [...this.#shown].find(([, shown]) => shown.number === number)?.[0];
  }

  #pressed(number: number): void {
    const place = this.#shown.get(this.#keyOf(number) ?? '')?.place;
    if (place !== undefined) this.#chosen.next(place);
  }

  #lost(): void {
    this.#service = undefined;
    this.#shown.clear();
  }
}
