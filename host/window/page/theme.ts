const remembered = 'sigill.dark';
const system = matchMedia('(prefers-color-scheme: dark)');

/** True while the page is dark: the person's choice, else the desktop's. */
export function isDark(): boolean {
  const chosen = localStorage.getItem(remembered);
  return chosen === null ? system.matches : chosen === 'yes';
}

/** Keeps the person's choice, and shows it. */
export function chooseDark(dark: boolean): void {
  localStorage.setItem(remembered, dark ? 'yes' : 'no');
  showTheme();
}

/** Shows the theme, now and whenever the desktop changes its own. */
export function followTheme(): void {
  system.addEventListener('change', showTheme);
  showTheme();
}

function showTheme(): void {
  const { classList } = document.documentElement;
  classList.toggle('wa-dark', isDark());
  classList.toggle('wa-light', !isDark());
}
