import type { RunningProgram } from '../../mail/programs.js';

/** Has a Firefox go to `url`; gives the title of the page that it shows then. Rejects when it shows a page about an error. */
export async function visit({ driver }: RunningProgram, url: string): Promise<string> {
  await driver.run(going, url);
  for (;;) {
    const [title, isError] = await driver.run<[string, boolean]>(titleOf, url);
    if (isError) throw new Error(`Firefox does not get to ${url}: ${title}`);
    if (title !== '') return title;
  }
}

/**
 * Resolves when Firefox shows its own dialog *please authenticate to the token*. A person needs longer than that to type a PIN;
 * Firefox 153 leaves the dialog open for ever when the answer is there before the dialog is (seen in about one of four).
 */
export async function tokenDialog({ driver }: RunningProgram): Promise<void> {
  while (!(await driver.run<boolean>(isDialogShown)));
}

const going = `gBrowser.selectedBrowser.loadURI(Services.io.newURI(arguments[0]), {
  triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });`;

const titleOf = `const { currentURI, contentTitle, documentURI, webProgress } = gBrowser.selectedBrowser;
  const isThere = currentURI.spec === arguments[0] && !webProgress.isLoadingDocument;
  return isThere ? [contentTitle, documentURI.spec.startsWith('about:')] : ['', false];`;

const isDialogShown = `return [...Services.wm.getEnumerator(null)].some(
  (one) => one.location.href.endsWith('/protectedAuth.xhtml') && one.document.readyState === 'complete');`;
