import { choiceId, type TrayChoice } from './choice.js';
import type { MenuItem } from './tray.js';

/** An item of the menu that makes a choice. */
export function choiceItem(choice: TrayChoice, label: string, enabled = true): MenuItem {
  return { kind: 'item', id: choiceId(choice), label, enabled };
}
