import type { WindowView } from '../view/window-view.js';

const system = matchMedia('(prefers-color-scheme: dark)');
let chosen: WindowView['theme'];

/** True while the page is dark: the person's choice, else the desktop's. */
export function isDark(): boolean {
  return chosen === undefined ? system.matches : chosen === 'dark';
}

/** Shows the colours that the person chose; `undefined`: as the desktop has them. */
export function showTheme(theme: WindowView['theme']): void {
  chosen = theme;
  const { classList } = document.documentElement;
  classList.toggle('wa-dark', isDark());
  classList.toggle('wa-light', !isDark());
}

/** Shows the desktop's colours until a choice is known; `changed` hears that the desktop's are others. */
export function followTheme(changed: () => void): void {
  system.addEventListener('change', () => {
    showTheme(chosen);
    changed();
  });
  showTheme(chosen);
}
