import dbus from 'dbus-next';
import { filter, firstValueFrom, type Observable, Subject } from 'rxjs';

/** Sees every message on a bus, whoever it is for. */
export interface BusMonitor {
  readonly messages: Observable<dbus.Message>;
  /** The next message like this. */
  next(wanted: (message: dbus.Message) => boolean): Promise<dbus.Message>;
  close(): void;
}

/** Resolves when it sees all that comes after (D-Bus specification, org.freedesktop.DBus.Monitoring.BecomeMonitor). */
export async function monitorBus(address: string): Promise<BusMonitor> {
  const bus = dbus.sessionBus({ busAddress: address });
  const messages = new Subject<dbus.Message>();
  bus.on('error', () => undefined);
  const daemon = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
  const from = 'org.freedesktop.DBus.Monitoring';
  const body = [[], 0];
  await bus.call(new dbus.Message({ ...daemon, interface: from, member: 'BecomeMonitor', signature: 'asu', body }));
  bus.on('message', (message: dbus.Message) => messages.next(message));
  return {
    messages: messages.asObservable(),
    next: (wanted) => firstValueFrom(messages.pipe(filter(wanted))),
    close: () => bus.disconnect(),
  };
}
