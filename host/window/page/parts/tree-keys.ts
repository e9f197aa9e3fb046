/** The keys of a tree (WAI-ARIA Authoring Practices, Tree View), on the items that are in view. */
export function moveInTree(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const here = (event.target as Element).closest<HTMLElement>('[role=treeitem]');
  if (here === null) return;
  const items = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=treeitem]')];
  const index = items.indexOf(here);
  const expanded = here.getAttribute('aria-expanded');
  const to = (item: HTMLElement | null | undefined): void => item?.focus();
  const toggle = (item: HTMLElement): unknown => item.dispatchEvent(new Event('sigill-toggle', { bubbles: true }));
  const moves: Readonly<Record<string, () => unknown>> = {
    ArrowDown: () => to(items[index + 1]),
    ArrowUp: () => to(items[index - 1]),
    Home: () => to(items[0]),
    End: () => to(items.at(-1)),
    ArrowRight: () => (expanded === 'false' ? toggle(here) : to(firstUnder(items, index))),
    ArrowLeft: () => (expanded === 'true' ? toggle(here) : to(above(items, index))),
    Enter: () => expanded !== null && toggle(here),
    ' ': () => expanded !== null && toggle(here),
    '*': () => beside(here).forEach(toggle),
  };
  const move = moves[event.key] ?? typed(event.key, items, index);
  if (move === undefined) return;
  event.preventDefault();
  move();
}

/** A letter goes to the next item that begins with it. */
function typed(key: string, items: readonly HTMLElement[], index: number): (() => void) | undefined {
  if (key.length !== 1) return undefined;
  const letter = key.toLocaleLowerCase();
  const order = [...items.slice(index + 1), ...items.slice(0, index + 1)];
  const found = order.find((item) => labelOf(item).startsWith(letter));
  return found && (() => found.focus());
}

function labelOf(item: HTMLElement): string {
  return item.querySelector('.label')?.textContent?.trim().toLocaleLowerCase() ?? '';
}

function firstUnder(items: readonly HTMLElement[], index: number): HTMLElement | undefined {
  const next = items[index + 1];
  return next !== undefined && levelOf(next) > levelOf(items[index]) ? next : undefined;
}

function above(items: readonly HTMLElement[], index: number): HTMLElement | undefined {
  return items.slice(0, index).findLast((item) => levelOf(item) < levelOf(items[index]));
}

/** Closed items at the same place of the tree. */
function beside(item: HTMLElement): HTMLElement[] {
  const list = item.parentElement?.parentElement;
  return [...(list?.querySelectorAll<HTMLElement>(':scope > li > [aria-expanded=false]') ?? [])];
}

const levelOf = (item: HTMLElement | undefined): number => Number(item?.ariaLevel ?? 0);
