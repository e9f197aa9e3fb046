// Another program that uses PC/SC: resets the card in a reader, or keeps a transaction, as its parent asks by messages.
import pcsc from 'pcsc-mini';

const { CardDisposition, CardMode, Client, ReaderStatus } = pcsc;
const [reader, task] = process.argv.slice(2);
const client = new Client();

client.on('error', (error) => fail(error));
client.on('reader', (found) => {
  if (found.name() !== reader) return;
  found.once('change', (status) => {
    if (status.has(ReaderStatus.PRESENT)) use(found).catch(fail);
    else fail(new Error('no card'));
  });
});
client.start();
process.on('disconnect', () => process.exit(0));

async function use(found) {
  const card = await found.connect(CardMode.SHARED);
  if (task === 'reset') {
    await card.disconnect(CardDisposition.RESET);
    return process.send('done', () => process.exit(0));
  }
  const transaction = await card.transaction();
  process.on('message', async () => {
    await transaction.end(CardDisposition.LEAVE);
    await card.disconnect(CardDisposition.LEAVE);
    process.send('done', () => process.exit(0));
  });
  process.send('begun');
}

function fail(error) {
  console.error(error);
  process.exit(1);
}
