import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { createCard } from '@sigill/core/sim';
import { connectToVpcd } from '../../host/simulate/connect-to-vpcd.js';
import { pcscDaemon } from './pcscd.js';
const run = (env: object, cmd: string, ...args: string[]) => new Promise<string>((resolve) => execFile(cmd, args, { env: { ...process.env, ...env }, encoding: 'utf8' }, (e, out, err) => resolve(`$ ${cmd} ${args.join(' ')}\n${out}${err}${e ? 'EXIT ' + e.code : ''}`)));
it('try', async () => {
  const d = await pcscDaemon(); await d.start();
  for (const [name, opt] of [['myeid', {}], ['siths-like', {}], ['fineid-v4', {}], ['fineid-v4', {algorithms:'plain'}], ['fineid-org', {algorithms:'plain'}]] as const) {
  const card = createCard(name as never, 'normal', opt as never);
  const stop = new AbortController();
  const s = await connectToVpcd({ host: '127.0.0.1', port: d.ports[0], card, signal: stop.signal });
  writeFileSync('/tmp/opensc.conf', 'app default { enable_default_driver = true; }\n');
  const env = { ...d.env, ...(name === 'myeid' ? {} : { OPENSC_CONF: '/tmp/opensc.conf' }) };
  console.log(await run(env, 'opensc-tool', '-r', '0', '-w', '--name'));
  if (name === 'myeid') {
  console.log(await run(env, 'pkcs15-tool', '-r','0', '--verify-pin', '--auth-id', '01', '--pin', '9999'));
  console.log(await run(env, 'pkcs15-tool', '-r','0', '--change-pin', '--auth-id', '01', '--pin', '1234', '--new-pin', '4711'));
  console.log(await run(env, 'pkcs15-tool', '-r','0', '--unblock-pin', '--auth-id', '01', '--puk', '12345678', '--new-pin', '5555'));
  writeFileSync('/tmp/hash', Buffer.alloc(32, 7)); writeFileSync('/tmp/msg', 'hello');
  console.log(await run(env, 'pkcs11-tool', '--token-label', 'MyEID (PIN1)', '-l', '--pin', '5555', '-M'));
  for (const [id, m] of [['45','SHA256-RSA-PKCS'],['45','RSA-PKCS'],['45','SHA256-RSA-PKCS-PSS'],['45','RSA-PKCS-PSS'],['47','ECDSA'],['47','ECDSA-SHA256'],['47','ECDSA-SHA384']])
    console.log(await run(env, 'pkcs11-tool', '--token-label', 'MyEID (PIN1)', '-l', '--pin', '5555', '--sign', '--id', id, '-m', m, '-i', m.includes('SHA') ? '/tmp/msg' : '/tmp/hash', '-o', '/tmp/sig', ...(m === 'RSA-PKCS-PSS' ? ['--hash-algorithm','SHA256','--mgf','MGF1-SHA256','--salt-len','32'] : [])));
  } else { console.log((await run(env, 'pkcs15-tool', '-r','0', '-D')).slice(0, 900)); console.log((await run(env, 'pkcs15-tool', '-r','0', '-c')).slice(-600)); 
    console.log(await run(env, 'pkcs15-tool', '-r','0', '--verify-pin', '--auth-id', '01', '--pin', name==='siths-like' ? '123456' : '1234')); }
  console.log(JSON.stringify([...card.pins]));
  stop.abort(); await s.ended; 
  }
  await d.dispose();
}, 100000);
