import type { IconFiles } from '../icon-files.js';
import type { TrayView } from '../tray.js';
import type { Bus } from './bus.js';
import { type BusInterface, type Method, type Property, serveObject } from './bus-object.js';
import { menuPath } from './menu-object.js';

export const itemPath = '/StatusNotifierItem';
const itemInterface = 'org.kde.StatusNotifierItem';
const name = 'Sigill';

/** The icon on the bus, as org.kde.StatusNotifierItem (freedesktop.org, StatusNotifierItem). */
export class ItemObject {
  readonly #bus: Bus;
  readonly #icons: IconFiles;
  #view: TrayView;

  constructor(bus: Bus, icons: IconFiles, view: TrayView, activated: () => void) {
    this.#bus = bus;
    this.#icons = icons;
    this.#view = view;
    serveObject(bus, itemPath, this.#interface(activated));
  }

  /** Shows the next state, and signals what has changed. */
  show(view: TrayView): void {
    const before = this.#view;
    this.#view = view;
    if (view.icon !== before.icon) this.#signal('NewIcon');
    if (view.tooltip !== before.tooltip) this.#signal('NewToolTip');
  }

  #interface(activated: () => void): BusInterface {
    const nothing: Method = { takes: '', gives: '', run: () => [] };
    const click = (takes: string): Method => ({
      ...nothing,
      takes,
      run: () => {
        activated();
        return [];
      },
    });
    return {
      name: itemInterface,
      properties: {
        Category: () => ['s', 'Hardware'],
        Id: () => ['s', 'sigill'],
        Title: () => ['s', name],
        Status: () => ['s', 'Active'],
        WindowId: () => ['i', 0],
        IconThemePath: () => ['s', ''],
        IconName: () => ['s', ''],
        IconPixmap: () => this.#pixmaps(),
        IconAccessibleDesc: () => ['s', plain(this.#view.tooltip)],
        OverlayIconName: () => ['s', ''],
        OverlayIconPixmap: () => ['a(iiay)', []],
        AttentionIconName: () => ['s', ''],
        AttentionIconPixmap: () => ['a(iiay)', []],
        AttentionMovieName: () => ['s', ''],
        ToolTip: () => ['(sa(iiay)ss)', ['', [], name, markup(plain(this.#view.tooltip))]],
        ItemIsMenu: () => ['b', false],
        Menu: () => ['o', menuPath],
      },
      signals: { NewTitle: '', NewIcon: '', NewAttentionIcon: '', NewOverlayIcon: '', NewToolTip: '', NewStatus: 's' },
      methods: {
        Activate: click('ii'),
        // Panels draw the menu themselves; one that cannot leaves it to us, and the window has it all.
        ContextMenu: click('ii'),
        SecondaryActivate: { ...nothing, takes: 'ii' },
        XAyatanaSecondaryActivate: { ...nothing, takes: 'u' },
        Scroll: { ...nothing, takes: 'is' },
        ProvideXdgActivationToken: { ...nothing, takes: 's' },
      },
    };
  }

  #pixmaps(): Property {
    return ['a(iiay)', this.#icons.pixmaps(this.#view.icon).map(({ size, argb }) => [size, size, argb])];
  }

  #signal(member: string): void {
    this.#bus.emit({ path: itemPath, interface: itemInterface, member });
  }
}

const plain = (text: string): string => text.replaceAll('\0', '');

// The tooltip's text is markup for the panel: a card that calls itself <b> must not be.
const markup = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
