// A card behind vpcd in a process of its own, as small as can be: an answer to reset and PIN1 of a Finnish identity card (1234).
// Arguments: port, ATR in hex, and the command (counted from 1) in whose middle it is pulled out; 0 for none.
import { connect } from 'node:net';

const [port, atr, leavesAt] = process.argv.slice(2);
const socket = connect(Number(port), '127.0.0.1');
let received = Buffer.alloc(0);
let commands = 0;
let verified = false;

socket.on('data', (data) => {
  received = Buffer.concat([received, data]);
  while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
    const message = received.subarray(2, 2 + received.readUInt16BE());
    received = received.subarray(2 + message.length);
    if (message.length === 1) control(message[0]);
    else command(message);
  }
});
socket.on('close', () => process.exit(0));
socket.on('error', () => process.exit(1));
process.on('disconnect', () => process.exit(0));

// vpcd: 0 power off, 1 power on, 2 reset, 4 give the answer to reset.
function control(code) {
  if (code === 4) send(Buffer.from(atr, 'hex'));
  else verified = false;
}

function command(apdu) {
  commands++;
  if (commands === Number(leavesAt)) return socket.destroy();
  if (apdu[1] !== 0x20) return send(Buffer.from('6D00', 'hex'));
  if (apdu.length > 5) verified = apdu.subarray(5, 9).toString() === '1234';
  send(Buffer.from(verified ? '9000' : '63C5', 'hex'));
}

function send(body) {
  const message = Buffer.alloc(2 + body.length);
  message.writeUInt16BE(body.length);
  body.copy(message, 2);
  socket.write(message);
}
