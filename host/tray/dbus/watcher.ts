import type { Bus } from './bus.js';

const watcher = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/**
 * Keeps an item registered with the desktop's StatusNotifierWatcher, whenever there is one. `present` tells whether some panel shows items.
 * Fails as the bus does.
 */
export async function keepRegistered(bus: Bus, service: string, present: (shown: boolean) => void): Promise<void> {
  let owner = '';
  // Answers come in the order of the questions; only the newest one counts.
  let asked = 0;

  async function register(): Promise<void> {
    const turn = ++asked;
    if (owner === '') return present(false);
    const shown = await enter(bus, service).catch(() => false);
    if (turn === asked) present(shown);
  }

  bus.onSignal(({ sender, member, interface: from, body }) => {
    if (from === daemon.interface && sender === daemon.destination && member === 'NameOwnerChanged') {
      if (body[0] !== watcher) return;
      owner = String(body[2]);
    } else if (from !== watcher || sender !== owner || !String(member).startsWith('StatusNotifierHost')) return;
    void register();
  });
  const match = async (rule: string): Promise<void> => {
    await bus.call({ ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
  };
  await match(`type='signal',sender='${daemon.destination}',member='NameOwnerChanged',arg0='${watcher}'`);
  await match(`type='signal',sender='${watcher}',interface='${watcher}',member='StatusNotifierHostRegistered'`);
  await match(`type='signal',sender='${watcher}',interface='${watcher}',member='StatusNotifierHostUnregistered'`);
  await bus.call({ ...daemon, member: 'RequestName', signature: 'su', body: [service, 0] });
  const unowned = (): readonly unknown[] => [''];
  const [found] = await bus.call({ ...daemon, member: 'GetNameOwner', signature: 's', body: [watcher] }).catch(unowned);
  if (owner === '') owner = String(found);
  await register();
}

/** Registers with the watcher, and tells whether it has a panel for the item. */
async function enter(bus: Bus, service: string): Promise<boolean> {
  const to = { destination: watcher, path: watcherPath };
  const register = { ...to, interface: watcher, member: 'RegisterStatusNotifierItem' };
  await bus.call({ ...register, signature: 's', body: [service] });
  const get = { ...to, interface: 'org.freedesktop.DBus.Properties', member: 'Get' };
  const asked = bus.call({ ...get, signature: 'ss', body: [watcher, 'IsStatusNotifierHostRegistered'] });
  // A watcher that does not know the question is taken for one that shows items.
  const [answer] = await asked.catch((): readonly unknown[] => [true]);
  return (typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : answer) === true;
}
