import {
  asyncScheduler,
  BehaviorSubject,
  distinctUntilChanged,
  NEVER,
  type Observable,
  Subject,
  Subscription,
  throttleTime,
  timer,
} from 'rxjs';
import { IconFiles } from './icon-files.js';
import { growingPause, pace } from './pauses.js';
import { HelperMenu } from './systray2/helper-menu.js';
import { type HelperIcon, HelperProcess } from './systray2/helper-process.js';
import type { Tray, TrayView } from './tray.js';

export interface HelperTrayOptions {
  /** Absolute path of the helper, as `copyHelper` gives it. */
  readonly program: string;
  readonly platform: string;
  /** For the helper: where the desktop is. */
  readonly environment: NodeJS.ProcessEnv;
  readonly icons?: IconFiles;
}

/** UTF-16 units that Windows shows of a tooltip (NOTIFYICONDATA, szTip). */
const longestTooltip = 127;
/** Milliseconds that a helper must have lived for its end to be the first again. */
const steady = 10_000;

interface Helper {
  readonly process: HelperProcess;
  readonly since: number;
  /** Absent until it is ready. */
  menu?: HelperMenu;
  icon?: HelperIcon;
}

/**
 * The tray of Windows, macOS and XEmbed panels: systray2's helper program, replaced when the menu outgrows it or it dies.
 * A click on its icon opens the menu, so `activated` never happens.
 */
export class HelperTray implements Tray {
  readonly presence: Observable<'waiting' | 'shown'>;
  readonly activated: Observable<void> = NEVER;
  readonly chosen: Observable<string>;
  readonly missed: Observable<string>;
  readonly #presences = new BehaviorSubject<'waiting' | 'shown'>('waiting');
  readonly #chosen = new Subject<string>();
  readonly #missed = new Subject<string>();
  readonly #views = new Subject<TrayView>();
  readonly #running = new Subscription();
  readonly #options: Required<HelperTrayOptions>;
  #view: TrayView | undefined;
  #helper: Helper | undefined;
  /** One that is to take the helper's place when it is ready. */
  #coming: Helper | undefined;
  #deaths = 0;
  #pause: Subscription | undefined;

  constructor(options: HelperTrayOptions) {
    this.#options = { icons: new IconFiles(), ...options };
    this.presence = this.#presences.pipe(distinctUntilChanged());
    this.chosen = this.#chosen.asObservable();
    this.missed = this.#missed.asObservable();
    const paced = this.#views.pipe(throttleTime(pace, asyncScheduler, { leading: true, trailing: true }));
    this.#running.add(paced.subscribe((view) => this.#draw(view)));
  }

  /** Process id of the helper that is shown. */
  get pid(): number | undefined {
    return this.#helper?.process.pid;
  }

  show(view: TrayView): void {
    this.#views.next(view);
  }

  dispose(): void {
    this.#running.unsubscribe();
    for (const helper of [this.#helper, this.#coming]) helper?.process.dispose();
    this.#helper = this.#coming = undefined;
    this.#presences.next('waiting');
    for (const subject of [this.#presences, this.#chosen, this.#missed, this.#views]) subject.complete();
  }

  #draw(view: TrayView): void {
    this.#view = view;
    const updates = this.#helper?.menu?.update(view.menu);
    if (this.#helper === undefined || updates === undefined) return this.#start();
    const { process, icon: before } = this.#helper;
    for (const item of updates) process.send({ type: 'update-item', item, seq_id: -1 });
    const menu = this.#icon(view);
    this.#helper.icon = menu;
    if (menu.icon !== before?.icon || menu.tooltip !== before.tooltip) process.send({ type: 'update-menu', menu });
  }

  /** Starts a helper, unless one is starting or waited for: it will show what is to be shown by then. */
  #start(): void {
    if (this.#coming !== undefined || this.#pause?.closed === false || this.#running.closed) return;
    const { program, environment } = this.#options;
    const process = new HelperProcess(program, environment, {
      ready: () => this.#ready(helper),
      clicked: (number, title) => {
        const id = helper === this.#helper ? helper.menu?.choice(number, title) : undefined;
        if (id === undefined) this.#missed.next(title);
        else this.#chosen.next(id);
      },
      ended: () => this.#ended(helper),
    });
    const helper: Helper = { process, since: Date.now() };
    this.#coming = helper;
  }

  #ready(helper: Helper): void {
    if (helper !== this.#coming || this.#view === undefined) return;
    const before = this.#helper;
    this.#helper = helper;
    this.#coming = undefined;
    helper.menu = new HelperMenu(this.#view.menu, this.#options.platform);
    helper.icon = this.#icon(this.#view);
    helper.process.send({ ...helper.icon, items: helper.menu.items });
    // Only now, so that there is always an icon.
    before?.process.dispose();
    this.#presences.next('shown');
  }

  #ended(helper: Helper): void {
    if (helper !== this.#helper && helper !== this.#coming) return;
    if (helper === this.#helper) {
      this.#helper = undefined;
      this.#presences.next('waiting');
    } else this.#coming = undefined;
    this.#deaths = Date.now() - helper.since > steady ? 1 : this.#deaths + 1;
    this.#pause = timer(growingPause(this.#deaths)).subscribe(() => {
      this.#pause?.unsubscribe();
      this.#start();
    });
    this.#running.add(this.#pause);
  }

  #icon({ icon, tooltip }: TrayView): HelperIcon {
    const { icons, platform } = this.#options;
    const file = Buffer.from(icons.file(icon, platform)).toString('base64');
    return { icon: file, title: '', tooltip: tooltip.slice(0, longestTooltip) };
  }
}
