import dbus from 'dbus-next';
import { filter, firstValueFrom, Subject } from 'rxjs';

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

/** A notification as the service was asked for it, with the number that it got. */
export interface Shown {
  readonly number: number;
  readonly program: string;
  readonly replaces: number;
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
  readonly expires: number;
}

export interface DaemonOptions {
  readonly capabilities?: readonly string[];
  /** The number of its first notification. */
  readonly first?: number;
  /** It takes everything and answers nothing, as one that hangs. */
  readonly hangs?: boolean;
}

type Values = [string, number, string, string, string, string[], Record<string, dbus.Variant>, number];

/** A desktop's notification service of the tests' own (Desktop Notifications Specification 1.2). */
export class NotificationDaemon {
  /** Everything that it was asked to show, in order. */
  readonly shown: Shown[] = [];
  readonly closed: number[] = [];
  /** Who asked last: its address on the bus. */
  client = '';
  readonly #bus: dbus.MessageBus;
  readonly #options: DaemonOptions;
  readonly #news = new Subject<void>();
  #next: number;

  constructor(address: string, options: DaemonOptions = {}) {
    this.#bus = dbus.sessionBus({ busAddress: address });
    this.#bus.on('error', () => undefined);
    this.#options = options;
    this.#next = options.first ?? 1;
  }

  /** Takes the service's name. */
  async open(): Promise<void> {
    this.#bus.addMethodHandler((message: dbus.Message) => this.#answer(message));
    await this.#bus.requestName(name, 0);
  }

  /** The first notification, shown before or later, of which this is true. */
  async told(is: (shown: Shown) => boolean = () => true): Promise<Shown> {
    const found = (): Shown | undefined => this.shown.find(is);
    if (found() === undefined) await firstValueFrom(this.#news.pipe(filter(() => found() !== undefined)));
    return found() as Shown;
  }

  /** The person presses on it, or on one of its buttons. */
  press(number: number, action = 'default'): void {
    this.#signal('ActionInvoked', 'us', [number, action]);
  }

  /** It goes away: 1 by time, 2 by the person, 3 by its program. */
  dismiss(number: number): void {
    this.#signal('NotificationClosed', 'uu', [number, 2]);
  }

  /** Resolves when the program took back the notification with this number. */
  async withdrawn(number: number): Promise<void> {
    if (!this.closed.includes(number))
      await firstValueFrom(this.#news.pipe(filter(() => this.closed.includes(number))));
  }

  /** Leaves the bus, as a service that ends does. */
  close(): void {
    this.#bus.disconnect();
  }

  #answer(message: dbus.Message): boolean {
    if (message.path !== path || message.interface !== name) return false;
    this.client = message.sender ?? '';
    if (this.#options.hangs === true) return true;
    const answer = (signature: string, body: unknown[]): boolean => {
      this.#bus.send(dbus.Message.newMethodReturn(message, signature, body));
      return true;
    };
    switch (message.member) {
      case 'GetCapabilities':
        return answer('as', [[...(this.#options.capabilities ?? ['body', 'body-markup', 'actions'])]]);
      case 'Notify': {
        if (message.signature !== 'susssasa{sv}i') throw new Error(`Notify takes no ${message.signature}`);
        const [program, replaces, icon, title, text, actions, hints, expires] = message.body as Values;
        const number = replaces === 0 ? this.#next++ : replaces;
        const plain = Object.fromEntries(Object.entries(hints).map(([key, { value }]) => [key, value as unknown]));
        this.shown.push({ number, program, replaces, icon, title, text, actions, hints: plain, expires });
        answer('u', [number]);
        break;
      }
      case 'CloseNotification':
        this.closed.push(Number(message.body[0]));
        answer('', []);
        break;
      default:
        return false;
    }
    this.#news.next();
    return true;
  }

  #signal(member: string, signature: string, body: unknown[]): void {
    this.#bus.send(dbus.Message.newSignal(path, name, member, signature, body));
  }
}
