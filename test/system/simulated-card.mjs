// A simulated card behind vpcd in a process of its own; the parent puts in faults by messages. Arguments: port, kind and state of the card.
import { createCard } from '@sigill/core/sim';
import { connectToVpcd } from '../../host/dist/simulate/connect-to-vpcd.js';

const [port, name, state] = process.argv.slice(2);
const card = createCard(name, state);

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.fault) card.inject(message.fault);
  process.send({ counters: card.counters });
});

const { ended } = await connectToVpcd({ host: '127.0.0.1', port: Number(port), card });
await ended;
process.exit(0);
