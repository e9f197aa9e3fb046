import type { RunningProgram } from './programs.js';

/** Gives a Thunderbird that runs one account more, with a sender of this address. */
export async function addIdentity({ driver }: RunningProgram, address: string): Promise<void> {
  await driver.run(
    `const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
    const identity = MailServices.accounts.createIdentity();
    identity.email = arguments[0];
    identity.fullName = 'A person';
    const account = MailServices.accounts.createAccount();
    account.incomingServer = MailServices.accounts.createIncomingServer(arguments[0], 'localhost', 'pop3');
    account.addIdentity(identity);
    Services.prefs.savePrefFile(null);`,
    address,
  );
}
