import {
  asyncScheduler,
  BehaviorSubject,
  distinctUntilChanged,
  type Observable,
  retry,
  Subject,
  Subscription,
  throttleTime,
  timer,
} from 'rxjs';
import { type Bus, connectBus } from './dbus/bus.js';
import type { DbusPackage } from './dbus/dbus-package.js';
import { ItemObject } from './dbus/item-object.js';
import { MenuModel } from './dbus/menu-model.js';
import { MenuObject } from './dbus/menu-object.js';
import { keepRegistered } from './dbus/watcher.js';
import { IconFiles } from './icon-files.js';
import { growingPause, pace } from './pauses.js';
import type { Tray, TrayView } from './tray.js';

export interface StatusNotifierOptions {
  readonly dbus: DbusPackage;
  /** As `busAddress` gives it. */
  readonly address: string;
  readonly icons?: IconFiles;
}

/** Items that this process has put on the bus. */
let items = 0;

/** The tray of Linux desktops: a StatusNotifierItem with a menu, spoken over D-Bus. Outlives panels and the bus. */
export class StatusNotifierTray implements Tray {
  readonly presence: Observable<'waiting' | 'shown'>;
  readonly activated: Observable<void>;
  readonly chosen: Observable<string>;
  readonly missed: Observable<string>;
  readonly #presences = new BehaviorSubject<'waiting' | 'shown'>('waiting');
  readonly #activated = new Subject<void>();
  readonly #chosen = new Subject<string>();
  readonly #missed = new Subject<string>();
  readonly #views = new Subject<TrayView>();
  readonly #running = new Subscription();
  readonly #icons: IconFiles;
  readonly #menu = new MenuModel();
  readonly #service = `org.kde.StatusNotifierItem-${process.pid}-${++items}`;
  #view: TrayView | undefined;
  #bus: Bus | undefined;
  #objects: { readonly item: ItemObject; readonly menu: MenuObject } | undefined;

  constructor({ dbus, address, icons = new IconFiles() }: StatusNotifierOptions) {
    this.presence = this.#presences.pipe(distinctUntilChanged());
    this.activated = this.#activated.asObservable();
    this.chosen = this.#chosen.asObservable();
    this.missed = this.#missed.asObservable();
    this.#icons = icons;
    const paced = this.#views.pipe(throttleTime(pace, asyncScheduler, { leading: true, trailing: true }));
    this.#running.add(paced.subscribe((view) => this.#draw(view)));
    const again = (_: unknown, attempt: number): Observable<unknown> => {
      this.#lost();
      return timer(growingPause(attempt));
    };
    const buses = connectBus(dbus, address).pipe(retry({ delay: again, resetOnSuccess: true }));
    this.#running.add(buses.subscribe((bus) => this.#connected(bus)));
  }

  show(view: TrayView): void {
    this.#views.next(view);
  }

  dispose(): void {
    this.#running.unsubscribe();
    this.#lost();
    for (const subject of [this.#presences, this.#activated, this.#chosen, this.#missed, this.#views])
      subject.complete();
  }

  #connected(bus: Bus): void {
    this.#bus = bus;
    if (this.#view !== undefined) this.#appear(bus, this.#view);
  }

  #lost(): void {
    this.#bus = undefined;
    this.#objects = undefined;
    this.#presences.next('waiting');
  }

  #draw(view: TrayView): void {
    this.#view = view;
    if (this.#objects !== undefined) {
      this.#objects.item.show(view);
      this.#objects.menu.show(view.menu);
    } else if (this.#bus !== undefined) this.#appear(this.#bus, view);
  }

  /** Only with something to show: a panel asks as soon as it knows of the item. */
  #appear(bus: Bus, view: TrayView): void {
    this.#menu.update(view.menu);
    this.#objects = {
      item: new ItemObject(bus, this.#icons, view, () => this.#activated.next()),
      menu: new MenuObject(bus, this.#menu, {
        chosen: (id) => this.#chosen.next(id),
        missed: (id) => this.#missed.next(id),
      }),
    };
    const present = (shown: boolean): void => {
      if (this.#bus === bus) this.#presences.next(shown ? 'shown' : 'waiting');
    };
    // When the bus fails in the middle, its loss is told by the connection itself.
    keepRegistered(bus, this.#service, present).catch(() => present(false));
  }
}
