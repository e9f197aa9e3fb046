import type { AddCommand } from '../add-command.js';

const commands = ['env', 'status', 'install', 'remove'] as const;

/** `sigill pkcs11 env|status|install|remove`; `serve` is what systemd starts. */
export const addPkcs11: AddCommand = (program, texts, context) => {
  const group = program.command('pkcs11').description(texts.text('help.pkcs11')).helpCommand(false);
  for (const command of commands) {
    group
      .command(command)
      .description(texts.text(`help.pkcs11.${command}`))
      .action(async () => (await import('../actions/show-pkcs11.js')).pkcs11Actions[command](context()));
  }
  group
    .command('serve', { hidden: true })
    .action(async () => (await import('../actions/serve-pkcs11.js')).serveHandedDown(context()));
};
