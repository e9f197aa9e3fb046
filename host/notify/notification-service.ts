import type { Bus } from '../tray/dbus/bus.js';

const service = 'org.freedesktop.Notifications';
const object = { destination: service, path: '/org/freedesktop/Notifications', interface: service };
const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** What goes to the service (Desktop Notifications Specification 1.2, Notify). */
export interface Notification {
  /** The number of the one that it replaces; 0 for a new one. */
  readonly replaces: number;
  /** A `file:` address. */
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  /** The name of the action that a press on it is. */
  readonly action: string;
}

/** What the service tells. `restarted`: the numbers of before mean nothing any more. */
export interface ServiceEvents {
  pressed(number: number): void;
  closed(number: number): void;
  restarted(): void;
}

/** The notification service of a session bus: whoever has its name now. */
export class NotificationService {
  readonly #bus: Bus;
  readonly #events: ServiceEvents;
  #owner = '';
  #capabilities: Promise<readonly unknown[]> | undefined;

  private constructor(bus: Bus, events: ServiceEvents) {
    this.#bus = bus;
    this.#events = events;
  }

  /** Listens to the service, which need not run yet: the bus may start it. Fails as the bus does. */
  static async at(bus: Bus, events: ServiceEvents): Promise<NotificationService> {
    const found = new NotificationService(bus, events);
    bus.onSignal(({ sender, member, interface: from, body }) => {
      if (from === daemon.interface && sender === daemon.destination && member === 'NameOwnerChanged') {
        if (body[0] === service) found.#own(String(body[2]));
      } else if (from === service && sender === found.#owner) found.#hear(member, body);
    });
    const match = (rule: string) => bus.call({ ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
    await match(`type='signal',sender='${daemon.destination}',member='NameOwnerChanged',arg0='${service}'`);
    await match(`type='signal',sender='${service}',interface='${service}'`);
    const unowned = (): readonly unknown[] => [''];
    const asked = bus.call({ ...daemon, member: 'GetNameOwner', signature: 's', body: [service] });
    const [owner] = await asked.catch(unowned);
    if (found.#owner === '') found.#owner = String(owner);
    return found;
  }

  /** Gives the notification's number. Fails with an `Error` when there is no service. */
  async notify({ replaces, icon, title, text, action }: Notification): Promise<number> {
    const can = await this.#can();
    const body = can.includes('body-markup') ? escaped(text) : text;
    const actions = can.includes('actions') ? ['default', action] : [];
    const hints = {
      'desktop-entry': this.#bus.variant('s', 'sigill'),
      category: this.#bus.variant('s', 'device'),
      urgency: this.#bus.variant('y', 1),
    };
    const values = ['Sigill', replaces, icon, title, body, actions, hints, -1];
    const [number] = await this.#bus.call({ ...object, member: 'Notify', signature: 'susssasa{sv}i', body: values });
    return Number(number);
  }

  async close(number: number): Promise<void> {
    await this.#bus.call({ ...object, member: 'CloseNotification', signature: 'u', body: [number] });
  }

  async #can(): Promise<readonly unknown[]> {
    const asked = (this.#capabilities ??= this.#bus
      .call({ ...object, member: 'GetCapabilities' })
      .then(([list]) => (Array.isArray(list) ? (list as readonly unknown[]) : [])));
    try {
      return await asked;
    } catch (error) {
      this.#capabilities = undefined;
      throw error;
    }
  }

  #own(owner: string): void {
    // Its first owner may be one that the bus has just started for our question.
    const known = this.#owner !== '';
    this.#owner = owner;
    if (!known) return;
    this.#capabilities = undefined;
    this.#events.restarted();
  }

  #hear(member: string | undefined, [number, key]: readonly unknown[]): void {
    if (member === 'ActionInvoked' && key === 'default') this.#events.pressed(Number(number));
    if (member === 'NotificationClosed') this.#events.closed(Number(number));
  }
}

/** Markup of the specification, for text that is none. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
