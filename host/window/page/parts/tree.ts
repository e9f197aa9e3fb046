import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Scene } from '../scene.js';
import { icon } from './icon.js';
import { dots } from './tries.js';
import type { TreeNode } from './tree-node.js';
import { moveInTree } from './tree-keys.js';

/** The tree of WAI-ARIA: one stop for Tab, arrows inside, what has the focus is chosen. */
export function tree(scene: Scene, nodes: readonly TreeNode[], selected: string | undefined): TemplateResult {
  return html`<ul
    class="tree"
    role="tree"
    aria-label=${scene.word('page.tree')}
    @keydown=${moveInTree}
    @focusin=${(event: FocusEvent) => chosen(scene, event.target)}
  >
    ${items(scene, nodes, selected, 1)}
  </ul>`;
}

/** Whether a node shows what is under it. */
export function isOpen({ toggled }: Scene, { id, open, children }: TreeNode): boolean {
  return children !== undefined && toggled.has(id) !== open;
}

function items(scene: Scene, nodes: readonly TreeNode[], selected: string | undefined, level: number): unknown {
  return repeat(
    nodes,
    ({ id }) => id,
    (node, index) => item(scene, node, selected, [level, index + 1, nodes.length]),
  );
}

type Standing = readonly [level: number, position: number, of: number];

function item(scene: Scene, node: TreeNode, selected: string | undefined, standing: Standing): TemplateResult {
  const open = isOpen(scene, node);
  const [level, position, of] = standing;
  return html`<li role="none">
    <div
      class="row"
      role="treeitem"
      data-node=${node.id}
      data-focus=${node.id}
      aria-level=${level}
      aria-posinset=${position}
      aria-setsize=${of}
      aria-expanded=${node.children === undefined ? nothing : open}
      aria-selected=${node.id === selected}
      tabindex=${node.id === selected ? 0 : -1}
      @click=${clicked}
      @sigill-toggle=${(event: Event) => toggled(scene, node, event)}
    >
      <span class="twist" aria-hidden="true">${node.children === undefined ? nothing : icon('chevron-right')}</span>
      ${icon(node.drawing, `of ${node.tone ?? ''}`)}
      <span class="label">
        <span>${node.key === undefined ? node.label : scene.word(node.key)}</span>
        ${note(node)}
      </span>
    </div>
    ${
      open && node.children?.length
        ? html`<ul role="group">
            ${items(scene, node.children, selected, level + 1)}
          </ul>`
        : nothing
    }
  </li>`;
}

function note({ note: words, tone = '', tries }: TreeNode): TemplateResult | typeof nothing {
  if (words === undefined) return nothing;
  return html`<small class=${tone}>${dots(tries?.[0], tries?.[1])}${words}</small>`;
}

function chosen(scene: Scene, target: EventTarget | null): void {
  const node = target instanceof HTMLElement ? target.dataset['node'] : undefined;
  if (node !== undefined) scene.select(node);
}

function toggled(scene: Scene, node: TreeNode, event: Event): void {
  event.stopPropagation();
  if (!isOpen(scene, node) && node.asks !== undefined) scene.ask(node.asks);
  scene.toggle(node.id);
}

/** A press on the twisty opens and closes; anywhere else it chooses. */
function clicked({ target, currentTarget }: Event): void {
  const item = currentTarget as HTMLElement;
  item.focus();
  if ((target as Element).closest('.twist') !== null) item.dispatchEvent(new Event('sigill-toggle', { bubbles: true }));
}
