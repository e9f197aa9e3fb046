import type { MenuItem } from '../tray.js';
import type { Bus } from './bus.js';
import { type BusInterface, type Property, serveObject } from './bus-object.js';
import type { Variant } from './dbus-package.js';
import type { MenuModel, MenuNode } from './menu-model.js';

export const menuPath = '/MenuBar';
const menuInterface = 'com.canonical.dbusmenu';

type Layout = readonly [number: number, properties: Readonly<Record<string, Variant>>, children: readonly Variant[]];
type ClickEvent = readonly [number: number, kind: string, data: unknown, timestamp: number];

/** Hears the ids of items that were clicked. */
export interface MenuListener {
  chosen(id: string): void;
  /** A click in a menu from before, on what is not offered any more. */
  missed(id: string): void;
}

/** A menu on the bus, as com.canonical.dbusmenu (libdbusmenu's dbus-menu.xml, version 3). */
export class MenuObject {
  readonly #bus: Bus;
  readonly #model: MenuModel;

  constructor(bus: Bus, model: MenuModel, listener: MenuListener) {
    this.#bus = bus;
    this.#model = model;
    serveObject(bus, menuPath, this.#interface(listener));
  }

  /** Shows the menu's next state, and signals what has changed. */
  show(items: readonly MenuItem[]): void {
    const { layout, properties } = this.#model.update(items);
    if (properties.length > 0) {
      const set = properties.filter((node) => Object.keys(node.set).length > 0);
      const removed = properties.filter((node) => node.removed.length > 0);
      this.#signal('ItemsPropertiesUpdated', 'a(ia{sv})a(ias)', [
        set.map((node) => [node.number, this.#variants(node.set)]),
        removed.map((node) => [node.number, node.removed]),
      ]);
    }
    if (layout !== undefined) this.#signal('LayoutUpdated', 'ui', [this.#model.revision, layout]);
  }

  #interface(listener: MenuListener): BusInterface {
    const click = ([number, kind]: ClickEvent): boolean => {
      const clicked = this.#model.clicked(number);
      if (kind === 'clicked' && clicked !== undefined) listener[clicked.offered ? 'chosen' : 'missed'](clicked.choice);
      return clicked?.offered === true || this.#model.node(number) !== undefined;
    };
    return {
      name: menuInterface,
      properties: {
        Version: () => ['u', 3],
        TextDirection: () => ['s', 'ltr'],
        Status: () => ['s', 'normal'],
        IconThemePath: () => ['as', []],
      },
      signals: { ItemsPropertiesUpdated: 'a(ia{sv})a(ias)', LayoutUpdated: 'ui', ItemActivationRequested: 'iu' },
      methods: {
        GetLayout: {
          takes: 'iias',
          gives: 'u(ia{sv}av)',
          run: (number: number, depth: number, names: readonly string[]) => [
            this.#model.revision,
            this.#layout(this.#known(number), depth, names),
          ],
        },
        GetGroupProperties: {
          takes: 'aias',
          gives: 'a(ia{sv})',
          run: (wanted: readonly number[], names: readonly string[]) => [
            this.#model.nodes
              .filter(({ number }) => wanted.length === 0 || wanted.includes(number))
              .map(({ number, properties }) => [number, this.#variants(properties, names)]),
          ],
        },
        GetProperty: {
          takes: 'is',
          gives: 'v',
          run: (number: number, name: string) => {
            const property = Object.entries(this.#known(number).properties).find(([key]) => key === name)?.[1];
            if (property === undefined) throw new Error(`Item ${number} has no ${name}`);
            return [this.#bus.variant(...property)];
          },
        },
        Event: {
          takes: 'isvu',
          gives: '',
          run: (...event: ClickEvent) => {
            if (!click(event)) throw new Error(`No item ${event[0]} here`);
            return [];
          },
        },
        EventGroup: {
          takes: 'a(isvu)',
          gives: 'ai',
          run: (events: readonly ClickEvent[]) => [events.filter((event) => !click(event)).map(([number]) => number)],
        },
        AboutToShow: { takes: 'i', gives: 'b', run: () => [false] },
        AboutToShowGroup: {
          takes: 'ai',
          gives: 'aiai',
          run: (asked: readonly number[]) => [[], asked.filter((number) => this.#model.node(number) === undefined)],
        },
      },
    };
  }

  #known(number: number): MenuNode {
    const node = this.#model.node(number);
    if (node === undefined) throw new Error(`No item ${number} here`);
    return node;
  }

  /** `depth` levels below the node; -1 for all. */
  #layout({ number, properties, children }: MenuNode, depth: number, names: readonly string[]): Layout {
    const below = depth === 0 ? [] : children.map((child) => this.#layout(child, depth - 1, names));
    return [number, this.#variants(properties, names), below.map((child) => this.#bus.variant('(ia{sv}av)', child))];
  }

  /** An empty list of names stands for all. */
  #variants(properties: Readonly<Record<string, Property>>, names: readonly string[] = []): Record<string, Variant> {
    const wanted = Object.entries(properties).filter(([name]) => names.length === 0 || names.includes(name));
    return Object.fromEntries(wanted.map(([name, property]) => [name, this.#bus.variant(...property)]));
  }

  #signal(member: string, signature: string, body: readonly unknown[]): void {
    this.#bus.emit({ path: menuPath, interface: menuInterface, member, signature, body });
  }
}
