import type { RunningProgram } from '../../mail/programs.js';
import { click, goTo, seen, type } from './windows.js';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Opens Thunderbird's compose window and writes a letter into it, as a person does; the window stays the one that is driven. */
export async function writeLetter(thunderbird: RunningProgram, { to, subject, text }: Letter): Promise<void> {
  const { driver } = thunderbird;
  await goTo(thunderbird, '/messenger.xhtml', 'window.gMailInit?.delayedStartupFinished ?? true');
  await driver.run(`goDoCommand('cmd_newMessage');`);
  await goTo(thunderbird, '/messengercompose.xhtml', 'window.gLoadingComplete && window.gMsgCompose');
  await type(thunderbird, '#toAddrInput', `${to}\n`);
  await seen(thunderbird, `return document.querySelector('#toAddrContainer mail-address-pill')?.emailAddress;`);
  await type(thunderbird, '#msgSubject', subject);
  await driver.run(`document.getElementById('messageEditor').focus();`);
  await keys(thunderbird, text);
  await seen(
    thunderbird,
    `return document.getElementById('messageEditor').contentDocument.body.textContent.includes(arguments[0]);`,
    text,
  );
}

/** Presses *Encrypt*; Thunderbird signs as well then. Resolves when it has found the certificates of all recipients. */
export async function encrypt(thunderbird: RunningProgram): Promise<void> {
  await click(thunderbird, '#button-encryption');
  await seen(
    thunderbird,
    `return gSendEncrypted && gSendSigned && !gSelectedTechnologyIsPGP && !gCheckEncryptionStateCompletionIsPending;`,
  );
}

/** What the window about the security of a letter says of each recipient: address and state. Leaves the window open. */
export async function securityOf(thunderbird: RunningProgram): Promise<readonly string[]> {
  await thunderbird.driver.run(`setTimeout(() => showMessageComposeSecurityStatus());`);
  return await seen<readonly string[]>(
    thunderbird,
    `const labels = ${dialog}?.document.querySelectorAll('#infolist richlistitem label') ?? [];
    return labels.length > 0 ? [...labels].map((label) => label.getAttribute('value')) : null;`,
  );
}

/** Presses *OK* in that window; resolves when it has gone. */
export async function closeSecurity(thunderbird: RunningProgram): Promise<void> {
  await thunderbird.driver.run(`${dialog}.document.querySelector('dialog').getButton('accept').click();`);
  await seen(thunderbird, `return !${dialog};`);
}

// A window that keeps the others waiting cannot be gone to; it is reached from the letter's.
const dialog = `[...Services.wm.getEnumerator(null)].find((one) => one.location.href.endsWith('/msgCompSecurityInfo.xhtml'))`;

/** Presses *Send*; does not wait for anything. */
export const send = (thunderbird: RunningProgram): Promise<void> => click(thunderbird, '#button-send');

/** Resolves when the compose window has gone, as it does when a letter was sent. */
export async function sent(thunderbird: RunningProgram): Promise<void> {
  await goTo(thunderbird, '/messenger.xhtml');
  await seen(thunderbird, `return !Services.wm.getMostRecentWindow('msgcompose');`);
}

async function keys({ driver }: RunningProgram, text: string): Promise<void> {
  const presses = [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  await driver.call('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions: presses }] });
}
