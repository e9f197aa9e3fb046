import type { MenuItem } from '../tray.js';
import type { HelperItem } from './helper-process.js';

/** A place in the helper's menu. It cannot be moved or removed, only hidden, and places cannot be added. */
interface Place {
  readonly number: number;
  readonly kind: 'item' | 'menu' | 'separator';
  readonly below: readonly Place[];
}

/** The menu of one helper: places made at its start, and what they show now. */
export class HelperMenu {
  readonly #platform: string;
  readonly #places: readonly Place[];
  #shown: ReadonlyMap<number, HelperItem>;
  #choices: ReadonlyMap<number, string>;

  constructor(menu: readonly MenuItem[], platform: string) {
    this.#platform = platform;
    let last = 0;
    const place = (item: MenuItem): Place => ({
      number: ++last,
      kind: item.kind,
      below: item.kind === 'menu' ? withoutSeparators(item.items).map(place) : [],
    });
    this.#places = menu.map(place);
    const taken = this.#take(this.#places, menu) ?? [];
    this.#shown = new Map(taken.map(([, item]) => [item.__id, item]));
    this.#choices = choices(taken);
  }

  /** All of it, as the helper takes it at its start. */
  get items(): readonly HelperItem[] {
    return this.#items(this.#places);
  }

  /** What a click on the item that said `title` chooses; undefined for an item that cannot be chosen, or says something else now. */
  choice(number: number, title: string): string | undefined {
    return this.#shown.get(number)?.title === title ? this.#choices.get(number) : undefined;
  }

  /** Shows the menu's next state: the items to update; undefined when it takes more places than there are. */
  update(menu: readonly MenuItem[]): readonly HelperItem[] | undefined {
    const taken = this.#take(this.#places, menu);
    if (taken === undefined) return undefined;
    const changed = taken.map(([, item]) => item).filter((item) => !alike(item, this.#shown.get(item.__id)));
    this.#shown = new Map(taken.map(([, item]) => [item.__id, item]));
    this.#choices = choices(taken);
    return changed;
  }

  #items(places: readonly Place[]): readonly HelperItem[] {
    return places.flatMap(({ number, below }) => {
      const item = this.#shown.get(number);
      if (item === undefined) return [];
      return below.length === 0 ? [item] : [{ ...item, items: this.#items(below) }];
    });
  }

  /** Each item takes the next place of its kind; places left over are hidden, which separators cannot be. */
  #take(places: readonly Place[], menu: readonly MenuItem[]): readonly Taken[] | undefined {
    const taken: Taken[] = [];
    let next = 0;
    for (const place of places) {
      const item = menu[next];
      if (item?.kind === place.kind) {
        const below = item.kind === 'menu' ? this.#take(place.below, withoutSeparators(item.items)) : [];
        if (below === undefined) return undefined;
        taken.push([item, this.#itemOf(item, place.number)], ...below);
        next++;
      } else if (place.kind === 'separator') return undefined;
      else taken.push([undefined, hidden(place.number)], ...(this.#take(place.below, []) ?? []));
    }
    return next === menu.length ? taken : undefined;
  }

  #itemOf(item: MenuItem, number: number): HelperItem {
    const blank = { ...hidden(number), hidden: false };
    if (item.kind === 'separator') return { ...blank, title: '<SEPARATOR>', enabled: true };
    const line = item.label.replaceAll('\n', ' ');
    // On Windows a single ampersand marks the next letter as the item's key.
    const title = this.#platform === 'win32' ? line.replaceAll('&', '&&') : line;
    if (item.kind === 'menu') return { ...blank, title, enabled: true };
    const checked = item.checked === true;
    // On Linux the helper draws no marks.
    if (this.#platform === 'linux') return { ...blank, title: checked ? `✓ ${title}` : title, enabled: item.enabled };
    return { ...blank, title, enabled: item.enabled, checked };
  }
}

type Taken = readonly [source: MenuItem | undefined, item: HelperItem];

// In a submenu the helper would draw them in the menu above.
const withoutSeparators = (items: readonly MenuItem[]): readonly MenuItem[] =>
  items.filter(({ kind }) => kind !== 'separator');

const hidden = (number: number): HelperItem => ({
  __id: number,
  title: '',
  tooltip: '',
  enabled: false,
  checked: false,
  hidden: true,
});

const alike = (one: HelperItem, other: HelperItem | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The helper reports clicks on disabled items too. */
function choices(taken: readonly Taken[]): ReadonlyMap<number, string> {
  return new Map(
    taken.flatMap(([source, { __id: number }]) =>
      source?.kind === 'item' && source.enabled ? [[number, source.id] as const] : [],
    ),
  );
}
