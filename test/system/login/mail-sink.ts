import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server that takes every mail and keeps it (RFC 5321, as much of it as a mail program needs). */
export interface MailSink {
  readonly port: number;
  /** Resolves with the next mail, as it came: lines ended by CR LF, dots unstuffed. */
  next(): Promise<string>;
  close(): void;
}

/** Starts it on this computer only, without TLS and without log-in. */
export async function mailSink(): Promise<MailSink> {
  const mails: string[] = [];
  const waiting: ((mail: string) => void)[] = [];
  const sockets = new Set<Socket>();
  const take = (mail: string): void => {
    const resolve = waiting.shift();
    if (resolve) resolve(mail);
    else mails.push(mail);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.setEncoding('latin1');
    socket.write('220 localhost\r\n');
    let text = '';
    let inMail = false;
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const part = text.slice(0, end + 2);
        text = text.slice(end + (inMail ? 5 : 2));
        if (inMail) take(part.replace(/^\.\./gm, '.'));
        inMail = !inMail && /^DATA/i.test(part);
        socket.write(inMail ? '354 go on\r\n' : /^QUIT/i.test(part) ? '221 bye\r\n' : '250 localhost\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    next: () => {
      const mail = mails.shift();
      return mail === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(mail);
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
