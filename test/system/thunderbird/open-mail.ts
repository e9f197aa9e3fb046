import type { RunningProgram } from '../../mail/programs.js';
import { goTo, seen } from './windows.js';

/** What Thunderbird's message pane shows of a mail. */
export interface ShownMail {
  readonly text: string;
  /** The technology and the icons beside it: `S/MIME`, `message-encrypted-ok`, `message-signed-ok`. */
  readonly security: readonly string[];
  /** What the panel behind them says. */
  readonly panel: string;
}

/** Puts a mail in a file into Thunderbird's local folders and opens it in the message pane. */
export async function openMail(thunderbird: RunningProgram, path: string): Promise<void> {
  await goTo(thunderbird, '/messenger.xhtml', `document.getElementById('tabmail')?.currentAbout3Pane`);
  const { driver } = thunderbird;
  const asked = { script: putting, args: [path], scriptTimeout: 60_000 };
  const { value } = (await driver.call('WebDriver:ExecuteAsyncScript', asked)) as { readonly value: string };
  if (value !== 'put') throw new Error(`Thunderbird did not take the mail: ${value}`);
}

/** What it shows, as soon as it is through with the mail. */
export const shownMail = (thunderbird: RunningProgram): Promise<ShownMail> => seen<ShownMail>(thunderbird, shows);

/** The title of the page that it shows in place of a mail, as soon as there is one. */
export const pageInstead = (thunderbird: RunningProgram): Promise<string> =>
  seen<string>(
    thunderbird,
    `const shown = document.getElementById('tabmail').currentAboutMessage?.getMessagePaneBrowser().contentDocument;
    return shown?.URL.startsWith('data:') ? shown.title : null;`,
  );

const putting = `const [path, done] = arguments;
  (async () => {
    const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
    const { MailUtils } = ChromeUtils.importESModule('resource:///modules/MailUtils.sys.mjs');
    const root = MailServices.accounts.localFoldersServer.rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
    const name = 'Letters ' + Services.uuid.generateUUID().toString().slice(1, 9);
    const folder = root.createLocalSubfolder(name);
    const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    await new Promise((resolve, reject) => MailServices.copy.copyFileMessage(file, folder, null, false, 0, '', {
      QueryInterface: ChromeUtils.generateQI(['nsIMsgCopyServiceListener']),
      onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() { return null; },
      onStopCopy(status) { Components.isSuccessCode(status) ? resolve() : reject(new Error('status ' + status)); },
    }, null));
    const [header] = [...folder.messages];
    // Opening it may show a dialog, which would keep this script from ending.
    window.setTimeout(() => MailUtils.displayMessageInFolderTab(header));
    done('put');
  })().catch((error) => done(String(error)));`;

const shows = `const about = document.getElementById('tabmail').currentAboutMessage;
  if (!about?.gSmimeProcessedDispatched || about.document.getElementById('cryptoBox').hidden) return null;
  const icons = ['encryptedHdrIcon', 'signedHdrIcon'].map((id) => about.document.getElementById(id));
  about.loadSmimeMessageSecurityInfo();
  return {
    text: about.getMessagePaneBrowser().contentDocument.body.textContent,
    security: [about.document.querySelector('#encryptionTechBtn .crypto-label').textContent,
      ...icons.filter(({ hidden }) => !hidden).map(({ src }) => /([^\\/]*)\\.svg$/.exec(src)[1])],
    panel: ['signatureLabel', 'signatureExplanation', 'encryptionLabel', 'encryptionExplanation']
      .map((id) => about.document.getElementById(id).textContent).join(' '),
  };`;
