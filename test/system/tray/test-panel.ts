import dbus from 'dbus-next';
import { filter, firstValueFrom, map, mergeMap, type Observable, startWith, Subject } from 'rxjs';

const watcherName = 'org.kde.StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const propertiesInterface = 'org.freedesktop.DBus.Properties';

/** A menu's node as a panel has it: what it says, and what is below. */
export interface Node {
  readonly number: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly children: readonly Node[];
}

export interface Signal {
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface PanelOptions {
  /** False for a watcher without a panel behind it. */
  readonly host?: boolean;
}

/** Where a registered item is. */
interface Target {
  readonly service: string;
  readonly item: string;
  /** The menu's path. */
  menu: string;
}

type WatcherInterface = dbus.interface.Interface & { IsStatusNotifierHostRegistered: boolean };

/** A desktop panel of the tests' own: a StatusNotifierWatcher, and what a panel asks of an item. */
export class TestPanel {
  /** Items that have registered, as they do; without replay. */
  readonly registered: Observable<string>;
  /** Signals of all items and menus. */
  readonly signals: Observable<Signal>;
  /** All signals since the start, in their order. */
  readonly heard: Signal[] = [];
  readonly #bus: dbus.MessageBus;
  readonly #watcher: WatcherInterface;
  readonly #arrivals = new Subject<string>();
  readonly #signals = new Subject<Signal>();
  #target: Target | undefined;

  constructor(address: string, { host = true }: PanelOptions = {}) {
    this.#bus = dbus.sessionBus({ busAddress: address });
    this.#bus.on('error', () => undefined);
    this.registered = this.#arrivals.asObservable();
    this.signals = this.#signals.asObservable();
    this.#watcher = watcherInterface();
    this.#watcher.IsStatusNotifierHostRegistered = host;
    this.#bus.on('message', (message: dbus.Message) => this.#hear(message));
  }

  /** Takes the watcher's place, and resolves when an item has registered. */
  async open(): Promise<void> {
    const first = this.arrival();
    for (const from of [itemInterface, menuInterface]) await this.#match(`type='signal',interface='${from}'`);
    this.#bus.export('/StatusNotifierWatcher', this.#watcher);
    await this.#bus.requestName(watcherName, 0);
    await first;
  }

  /** The next registration. */
  async arrival(): Promise<string> {
    return await firstValueFrom(this.registered);
  }

  /** A panel comes to a watcher that had none. */
  bringHost(): void {
    this.#watcher.IsStatusNotifierHostRegistered = true;
    this.#bus.send(dbus.Message.newSignal('/StatusNotifierWatcher', watcherName, 'StatusNotifierHostRegistered'));
  }

  /** Leaves the bus, as a panel that ends does. */
  close(): void {
    this.#bus.disconnect();
  }

  async property(name: string): Promise<unknown> {
    const [found] = await this.ask('item', 'Get', 'ss', [itemInterface, name], propertiesInterface);
    return (found as dbus.Variant).value;
  }

  async properties(of: 'item' | 'menu'): Promise<Readonly<Record<string, unknown>>> {
    const from = of === 'item' ? itemInterface : menuInterface;
    const [found] = await this.ask(of, 'GetAll', 's', [from], propertiesInterface);
    return unwrapped(found as Record<string, dbus.Variant>);
  }

  async introspect(of: 'item' | 'menu'): Promise<string> {
    const [found] = await this.ask(of, 'Introspect', '', [], 'org.freedesktop.DBus.Introspectable');
    return String(found);
  }

  /** The icon's pictures. */
  async pixmaps(): Promise<readonly (readonly [width: number, height: number, argb: Uint8Array])[]> {
    return (await this.property('IconPixmap')) as [number, number, Uint8Array][];
  }

  /** The tooltip's title and text. */
  async tooltip(): Promise<readonly [title: string, text: string]> {
    const [, , title, text] = (await this.property('ToolTip')) as [string, unknown[], string, string];
    return [title, text];
  }

  /** The menu as it is now. */
  async layout(below = 0, depth = -1, names: readonly string[] = []): Promise<Node> {
    const [, found] = await this.ask('menu', 'GetLayout', 'iias', [below, depth, names]);
    return node(found as Layout);
  }

  /** Any method of the item or the menu, as a panel or anyone else may call it. */
  async ask(
    of: 'item' | 'menu',
    member: string,
    signature = '',
    body: unknown[] = [],
    from = of === 'item' ? itemInterface : menuInterface,
  ): Promise<readonly unknown[]> {
    if (this.#target === undefined) throw new Error('No item has registered');
    const { service: destination, [of]: path } = this.#target;
    const fields = { destination, path, interface: from, member, signature, body };
    const reply = await this.#bus.call(new dbus.Message(fields));
    return (reply?.body ?? []) as unknown[];
  }

  /** Finds the menu of an item that has it elsewhere than ours. */
  async findMenu(): Promise<void> {
    if (this.#target !== undefined) this.#target.menu = String(await this.property('Menu'));
  }

  async click(number: number): Promise<void> {
    await this.ask('menu', 'Event', 'isvu', [number, 'clicked', new dbus.Variant('i', 0), 0]);
  }

  /** The next signal of this name. */
  async next(member: string): Promise<readonly unknown[]> {
    const found = this.signals.pipe(
      filter((signal) => signal.member === member),
      map(({ body }) => body),
    );
    return await firstValueFrom(found);
  }

  /** Reads now and after every signal, until `wanted` is found. */
  async until<T>(read: () => Promise<T>, wanted: (found: T) => boolean): Promise<T> {
    const reads = this.signals.pipe(startWith(undefined), mergeMap(read));
    return await firstValueFrom(reads.pipe(filter(wanted)));
  }

  /** Resolves when all that was sent before has been heard: the bus keeps the order of messages. */
  async settled(): Promise<void> {
    await this.ask('item', 'Ping', '', [], 'org.freedesktop.DBus.Peer');
  }

  #hear({ type, sender = '', interface: from = '', member = '', body }: dbus.Message): void {
    const found = body as unknown[];
    if (type === dbus.MessageType.METHOD_CALL && member === 'RegisterStatusNotifierItem') {
      const named = String(found[0]);
      // Some items name themselves by their path alone.
      const byPath = named.startsWith('/');
      const [service, item] = byPath ? [sender, named] : [named, '/StatusNotifierItem'];
      this.#target = { service, item, menu: '/MenuBar' };
      this.#arrivals.next(named);
    }
    if (type !== dbus.MessageType.SIGNAL || (from !== itemInterface && from !== menuInterface)) return;
    this.heard.push({ member, body: found });
    this.#signals.next({ member, body: found });
  }

  async #match(rule: string): Promise<void> {
    const daemon = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
    const fields = { ...daemon, interface: 'org.freedesktop.DBus', member: 'AddMatch', signature: 's', body: [rule] };
    await this.#bus.call(new dbus.Message(fields));
  }
}

type Layout = readonly [number, Record<string, dbus.Variant>, dbus.Variant<Layout>[]];

function node([number, found, children]: Layout): Node {
  return { number, properties: unwrapped(found), children: children.map(({ value }) => node(value)) };
}

/** The first node, at any depth, with this label. */
export function labelled(tree: Node, label: string): Node | undefined {
  if (tree.properties['label'] === label) return tree;
  return tree.children.map((child) => labelled(child, label)).find((found) => found !== undefined);
}

function unwrapped(found: Readonly<Record<string, dbus.Variant>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value as unknown]));
}

function watcherInterface(): WatcherInterface {
  class Watcher extends dbus.interface.Interface {
    IsStatusNotifierHostRegistered = true;
    ProtocolVersion = 0;

    RegisterStatusNotifierItem(_service: string): void {
      // The panel hears of it by the message itself, which also tells who sent it.
    }
  }
  const read = dbus.interface.ACCESS_READ;
  Watcher.configureMembers({
    properties: {
      IsStatusNotifierHostRegistered: { signature: 'b', access: read },
      ProtocolVersion: { signature: 'i', access: read },
    },
    methods: { RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' } },
  });
  return new Watcher(watcherName);
}
