import type { MenuItem } from '../tray.js';
import type { Property } from './bus-object.js';

/** A node of a menu as com.canonical.dbusmenu has it. */
export interface MenuNode {
  /** Belongs to one action for ever: a panel that shows an older menu cannot start another one with it. */
  readonly number: number;
  readonly properties: Readonly<Record<string, Property>>;
  readonly children: readonly MenuNode[];
  /** Id of the item to choose; absent for what cannot be chosen. */
  readonly choice?: string;
}

/** What a panel must be told after an update. */
export interface MenuChanges {
  /** The number of the node below which nodes have come, gone or moved. */
  readonly layout?: number;
  /** Nodes that are still there and look otherwise now. */
  readonly properties: readonly {
    readonly number: number;
    readonly set: Readonly<Record<string, Property>>;
    readonly removed: readonly string[];
  }[];
}

/** Numbers that are remembered of what has left the menu: a card that is taken out and put in again finds its own. */
const remembered = 1_000;

interface Known {
  readonly number: number;
  /** Of an item that can be chosen. */
  readonly choice?: string;
}

/** The menu with numbers that survive from one state to the next, and the absence of what they belong to. */
export class MenuModel {
  /** By name, the one that was absent longest first. */
  readonly #known = new Map<string, Known>();
  #last = 0;
  #revision = 1;
  #root: MenuNode = root([]);
  #nodes = new Map<number, MenuNode>([[0, this.#root]]);

  /** Goes up with each change of the layout. */
  get revision(): number {
    return this.#revision;
  }

  node(number: number): MenuNode | undefined {
    return this.#nodes.get(number);
  }

  get nodes(): readonly MenuNode[] {
    return [...this.#nodes.values()];
  }

  /** What a click on this number chooses, which an older menu may show, and whether that is still offered; undefined for a number of no item. */
  clicked(number: number): { readonly choice: string; readonly offered: boolean } | undefined {
    const choice = [...this.#known.values()].find((known) => known.number === number)?.choice;
    return choice === undefined ? undefined : { choice, offered: this.nodes.some((node) => node.choice === choice) };
  }

  /** Takes over the menu's next state and tells what differs. */
  update(items: readonly MenuItem[]): MenuChanges {
    const before = this.#nodes;
    this.#root = root(this.#build(items));
    this.#nodes = new Map(flat(this.#root).map((node) => [node.number, node]));
    const kept = [...this.#nodes.values()].flatMap((node) => {
      const old = before.get(node.number);
      return old === undefined ? [] : [{ old, node }];
    });
    const moved = kept.filter(({ old, node }) => numbers(old) !== numbers(node)).map(({ node }) => node.number);
    if (moved.length > 0) this.#revision = (this.#revision % 0xffff_ffff) + 1;
    return {
      ...(moved.length === 0 ? {} : { layout: moved.length === 1 ? (moved[0] ?? 0) : 0 }),
      properties: kept.flatMap(({ old, node }) => difference(old, node)),
    };
  }

  #build(items: readonly MenuItem[]): readonly MenuNode[] {
    const seen = new Map<string, number>();
    const number: Numbering = (kind, id = '') => {
      const count = (seen.get(`${kind} ${id}`) ?? 0) + 1;
      seen.set(`${kind} ${id}`, count);
      const name = `${count} ${kind} ${id}`;
      const known = this.#known.get(name) ?? { number: ++this.#last, ...(kind === 'item' ? { choice: id } : {}) };
      this.#known.delete(name);
      this.#known.set(name, known);
      return known.number;
    };
    const built = items.map((item) => nodeOf(item, number));
    const absent = this.#known.size - [...seen.values()].reduce((sum, count) => sum + count, 0);
    for (const name of [...this.#known.keys()].slice(0, Math.max(0, absent - remembered))) this.#known.delete(name);
    return built;
  }
}

type Numbering = (kind: MenuItem['kind'], id?: string) => number;

function nodeOf(item: MenuItem, number: Numbering): MenuNode {
  if (item.kind === 'separator') {
    return { number: number('separator'), properties: { type: ['s', 'separator'] }, children: [] };
  }
  const label: Property = ['s', mnemonicFree(item.label)];
  if (item.kind === 'menu') {
    return {
      number: number('menu', item.id),
      properties: { label, 'children-display': ['s', 'submenu'] },
      children: item.items.map((child) => nodeOf(child, number)),
    };
  }
  const { id, enabled, checked } = item;
  const toggle: Record<string, Property> =
    checked === undefined ? {} : { 'toggle-type': ['s', 'radio'], 'toggle-state': ['i', checked ? 1 : 0] };
  return {
    number: number('item', id),
    properties: { label, ...(enabled ? {} : { enabled: ['b', false] }), ...toggle },
    children: [],
    ...(enabled ? { choice: id } : {}),
  };
}

// A single underscore would mark the next letter as the item's key; D-Bus strings have no NUL.
const mnemonicFree = (label: string): string => label.replaceAll('_', '__').replaceAll('\0', '');

const root = (children: readonly MenuNode[]): MenuNode => ({
  number: 0,
  properties: { 'children-display': ['s', 'submenu'] },
  children,
});

const flat = (node: MenuNode): readonly MenuNode[] => [node, ...node.children.flatMap(flat)];

const numbers = ({ children }: MenuNode): string => children.map(({ number }) => number).join();

function difference(old: MenuNode, { number, properties }: MenuNode): MenuChanges['properties'] {
  const changed = Object.entries(properties).filter(([name, [, value]]) => old.properties[name]?.[1] !== value);
  const removed = Object.keys(old.properties).filter((name) => !(name in properties));
  return changed.length + removed.length === 0 ? [] : [{ number, set: Object.fromEntries(changed), removed }];
}
