import type { RunningProgram } from '../../mail/programs.js';

/** Gives a Thunderbird that runs an account with this address, which sends through a server on this computer. */
export async function addAccount({ driver }: RunningProgram, address: string, port: number): Promise<void> {
  await driver.run(
    `const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
    const smtp = MailServices.outgoingServer.createServer('smtp').QueryInterface(Ci.nsISmtpServer);
    Object.assign(smtp, { hostname: '127.0.0.1', port: arguments[1] });
    smtp.QueryInterface(Ci.nsIMsgOutgoingServer);
    smtp.authMethod = Ci.nsMsgAuthMethod.none;
    smtp.socketType = Ci.nsMsgSocketType.plain;
    const identity = MailServices.accounts.createIdentity();
    Object.assign(identity, { email: arguments[0], fullName: 'A person', smtpServerKey: smtp.key, doFcc: false });
    const account = MailServices.accounts.createAccount();
    account.incomingServer = MailServices.accounts.createIncomingServer(arguments[0], 'localhost', 'pop3');
    account.addIdentity(identity);
    Services.prefs.savePrefFile(null);`,
    address,
    port,
  );
}

export interface MailWish {
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly encrypted: boolean;
}

/** Has Thunderbird sign a mail to oneself, encrypt it when wished, and send it, as its compose window does. */
export async function sendMail({ driver }: RunningProgram, wish: MailWish): Promise<void> {
  const asked = { script: sending, args: [wish], sandbox: 'system', scriptTimeout: 60_000 };
  const { value } = (await driver.call('WebDriver:ExecuteAsyncScript', asked)) as { value: string };
  if (value !== 'sent') throw new Error(`Thunderbird did not send: ${value}`);
}

const sending = `const [{ address, subject, body, encrypted }, done] = arguments;
  (async () => {
    const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
    const identity = MailServices.accounts.allIdentities.find(({ email }) => email === address);
    const account = MailServices.accounts.accounts.find(({ identities }) => identities.includes(identity));
    const fields = Cc['@mozilla.org/messengercompose/composefields;1'].createInstance(Ci.nsIMsgCompFields);
    const secure = Cc['@mozilla.org/messengercompose/composesecure;1'].createInstance(Ci.nsIMsgComposeSecure);
    Object.assign(secure, { signMessage: true, requireEncryptMessage: encrypted });
    Object.assign(fields, { from: address, to: address, subject, composeSecure: secure });
    if (encrypted)
      await new Promise((resolve) => secure.asyncFindCertByEmailAddr(address, { findCertDone: (_address, found) => {
        if (found) secure.cacheValidCertForEmail(address, found.dbKey);
        resolve();
      } }));
    const send = Cc['@mozilla.org/messengercompose/send;1'].createInstance(Ci.nsIMsgSend);
    const told = { onStartSending() {}, onProgress() {}, onStatus() {}, onGetDraftFolderURI() {}, onSendNotPerformed() {},
      onTransportSecurityError(_id, status) { done('transport ' + status); },
      onStopSending(_id, status, text) { done(status === 0 ? 'sent' : status.toString(16) + ' ' + text); },
      QueryInterface: ChromeUtils.generateQI(['nsIMsgSendListener']) };
    await send.createAndSendMessage(null, identity, account.key, fields, false, false, Ci.nsIMsgSend.nsMsgDeliverNow,
      null, 'text/plain', body, null, null, told, '', '', Ci.nsIMsgCompType.New);
  })().catch((error) => done(String(error)));`;
