import type { ReaderView } from '../../view/reader-view.js';
import type { WindowView } from '../../view/window-view.js';

/** One row of the tree, and what hangs under it. */
export interface TreeNode {
  readonly id: string;
  readonly drawing: string;
  /** The label, or a key of the page's words for it. */
  readonly label?: string;
  readonly key?: string;
  /** A second, quieter line. */
  readonly note?: string;
  readonly tone?: string;
  readonly tries?: readonly [left: number, max: number];
  /** Open from the beginning. */
  readonly open: boolean;
  /** Present for what can be opened, even while it is empty. */
  readonly children?: readonly TreeNode[];
  /** The card whose further contents are to be asked for when this is opened. */
  readonly asks?: string;
}

/** Readers → card → PINs, certificates, CA certificates, keys. */
export function treeOf(view: WindowView): readonly TreeNode[] {
  return view.readers.map((reader) => ({
    id: `reader:${reader.name}`,
    drawing: 'reader',
    label: reader.name,
    note: reader.state,
    tone: reader.icon,
    open: true,
    ...(reader.card === undefined ? {} : { children: [cardNode(reader, reader.card)] }),
  }));
}

/** The node with this id, and the ids of those above it. */
export function findNode(nodes: readonly TreeNode[], id: string | undefined): TreeNode | undefined {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children ?? [], id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the detail starts when nothing was chosen: the first card, else the first reader. */
export function firstNode(view: WindowView): string | undefined {
  const withCard = view.readers.find(({ card }) => card !== undefined);
  if (withCard?.card !== undefined) return `card:${withCard.card.id}`;
  const reader = view.readers.find(({ icon }) => icon !== 'no-card') ?? view.readers[0];
  return reader && `reader:${reader.name}`;
}

function cardNode(reader: ReaderView, card: NonNullable<ReaderView['card']>): TreeNode {
  const [holder = card.title, title] = card.holder === undefined ? [] : [card.holder, card.title];
  return {
    id: `card:${card.id}`,
    drawing: 'card',
    label: holder,
    ...(title === undefined ? {} : { note: title }),
    tone: reader.icon,
    open: true,
    children: [...card.pins.map((pin) => pinNode(card.id, pin)), ...certificateNodes(card), ca(card), keys(card)],
  };
}

type Card = NonNullable<ReaderView['card']>;

function pinNode(card: string, pin: Card['pins'][number]): TreeNode {
  const { id, label, state, tries, triesLeft, triesMax } = pin;
  const node = {
    id: `pin:${card}:${id}`,
    drawing: state === 'locked' ? 'state-locked' : 'code',
    label,
    note: tries,
    tone: state,
    open: false,
  };
  return triesLeft === undefined || triesMax === undefined ? node : { ...node, tries: [triesLeft, triesMax] };
}

function certificateNodes({ id, certificates }: Card): readonly TreeNode[] {
  return certificates.map((certificate) => ({
    id: `certificate:${id}:${certificate.id}`,
    drawing: 'certificate',
    label: certificate.label,
    note: certificate.validity,
    tone: certificate.tone,
    open: false,
  }));
}

function ca({ id, caCertificates = [] }: Card): TreeNode {
  const children = caCertificates.map(({ id: own, label, tone }) => {
    return { id: `ca:${id}:${own}`, drawing: 'ca', label, tone, open: false };
  });
  return { id: `cas:${id}`, drawing: 'ca', key: 'page.ca', open: false, asks: id, children };
}

function keys({ id, keys: list = [] }: Card): TreeNode {
  const children = list.map(({ id: own, label }) => ({ id: `key:${id}:${own}`, drawing: 'key', label, open: false }));
  return { id: `keys:${id}`, drawing: 'key', key: 'page.keys', open: false, asks: id, children };
}
