import { expect, it } from 'vitest';
import { socketUnits } from './socket-units.js';

const program = { command: '/opt/my node/node', args: ['/home/anna/100%/sigill.js', 'pkcs11', 'serve', '$HOME'] };

it('systemd listens where p11-kit looks, for this person alone, and starts Sigill for the first program', () => {
  const [socket, service] = socketUnits({ environment: {}, home: '/home/anna' }, program);
  expect(socket?.path).toBe('/home/anna/.config/systemd/user/sigill-pkcs11.socket');
  expect(socket?.text).toContain('\nListenStream=%t/p11-kit/pkcs11\nSocketMode=0600\nDirectoryMode=0700\n');
  expect(service?.path).toBe('/home/anna/.config/systemd/user/sigill-pkcs11.service');
  const line = 'ExecStart="/opt/my node/node" "/home/anna/100%%/sigill.js" "pkcs11" "serve" "$$HOME"';
  expect(service?.text.split('\n')).toContain(line);
});

it('the units lie where the person keeps their settings', () => {
  const place = { environment: { XDG_CONFIG_HOME: '/data/config' }, home: '/home/anna' };
  expect(socketUnits(place, program).map(({ path }) => path)).toEqual([
    '/data/config/systemd/user/sigill-pkcs11.socket',
    '/data/config/systemd/user/sigill-pkcs11.service',
  ]);
});
