import type { MenuItem } from '../../host/tray/tray.js';

/** An item of a tray's menu, called as its id unless it has a label. */
export const item = (id: string, label = id, more: { enabled?: boolean; checked?: boolean } = {}): MenuItem => ({
  kind: 'item',
  id,
  label,
  enabled: true,
  ...more,
});

/** A submenu. */
export const below = (label: string, ...items: MenuItem[]): MenuItem => ({ kind: 'menu', id: label, label, items });

/** A separating line. */
export const line: MenuItem = { kind: 'separator' };
