import { html, type TemplateResult } from 'lit';
import type { CardView, ReaderView } from '../../view/reader-view.js';
import { readerWithPlug } from '../parts/drawings.js';
import { findNode, firstNode, treeOf } from '../parts/tree-node.js';
import { tree } from '../parts/tree.js';
import type { Scene } from '../scene.js';
import { cardDetail } from './card-detail.js';
import { certificateDetail } from './certificate-detail.js';
import { emptyState } from './empty-state.js';
import { keyDetail } from './key-detail.js';
import { certificateList, keyList } from './lists.js';
import { pinCard } from '../parts/pin-card.js';
import { readerDetail } from './reader-detail.js';

/** Master and detail: the tree of readers and cards, and what is chosen in it. */
export function devices(scene: Scene): TemplateResult {
  const { view, word } = scene;
  if (view.readers.length === 0) {
    return html`<h1 class="hidden">${word('page.devices')}</h1>
      ${emptyState(readerWithPlug(), word('page.empty.reader.title'), [word('page.empty.reader.text')])}`;
  }
  const nodes = treeOf(view);
  const selected = findNode(nodes, scene.selected)?.id ?? firstNode(view);
  return html`<h1 class="hidden">${word('page.devices')}</h1>
    <div class="devices">
      <div class="master">${tree(scene, nodes, selected)}</div>
      <div class="detail">${detail(scene, selected ?? '')}</div>
    </div>`;
}

function detail(scene: Scene, node: string): TemplateResult {
  for (const reader of scene.view.readers) {
    if (node === `reader:${reader.name}`) return readerDetail(scene, reader);
    const found = reader.card && inCard(scene, reader, reader.card, node);
    if (found !== undefined) return found;
  }
  return html``;
}

function inCard(scene: Scene, reader: ReaderView, card: CardView, node: string): TemplateResult | undefined {
  const { id, pins, certificates, caCertificates = [], keys = [] } = card;
  if (node === `card:${id}`) return cardDetail(scene, reader, card);
  if (node === `cas:${id}`) return certificateList(scene, card);
  if (node === `keys:${id}`) return keyList(scene, card);
  const pin = pins.find((one) => node === `pin:${id}:${one.id}`);
  if (pin !== undefined) return pinCard(scene, pin, 2);
  const certificate = certificates.find((one) => node === `certificate:${id}:${one.id}`);
  const authority = caCertificates.find((one) => node === `ca:${id}:${one.id}`);
  const shown = certificate ?? authority;
  if (shown !== undefined) return certificateDetail(scene, card, shown);
  const key = keys.find((one) => node === `key:${id}:${one.id}`);
  return key && keyDetail(scene, key);
}
