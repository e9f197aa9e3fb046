import { type Disposable, DisposableStore, inLanguage, type Reader } from '@sigill/core';
import type { Activity } from '../desk/activity.js';
import type { DeskState } from '../desk/desk-state.js';
import { deskWords } from '../desk/desk-texts.js';
import type { HostDesk } from '../desk/host-desk.js';
import { type CardNews, cardNews } from '../notify/card-news.js';
import { activationKey, cardNotice, endNotice, notifyTexts, plainNotice } from '../notify/notice-of.js';
import type { Notice, Notifications } from '../notify/notifications.js';
import type { ToldToday } from '../notify/told-today.js';

export interface NoticeNeeds {
  readonly desk: HostDesk;
  readonly notifications: Promise<Notifications>;
  readonly told: ToldToday;
}

/** Tells the person by notifications what they would see in the window, while none is open: sparingly, and each thing once. */
export class Notices implements Disposable {
  readonly #needs: NoticeNeeds;
  readonly #kept = new DisposableStore();
  readonly #heard = new Set<string>();
  /** Readers whose card was told to need activation. */
  readonly #waiting = new Set<string>();
  #readers: readonly Reader[] = [];

  constructor(needs: NoticeNeeds) {
    this.#needs = needs;
  }

  /** Begins to follow the desk; `open` shows the window at the place of a notice that the person has chosen. */
  follow(open: (place: string) => void): void {
    const { desk, notifications } = this.#needs;
    const states = desk.state.subscribe((state) => this.#seen(state));
    this.#kept.add({ dispose: () => states.unsubscribe() });
    void notifications.then((opened) => {
      const chosen = opened.chosen.subscribe(open);
      this.#kept.add({ dispose: () => (chosen.unsubscribe(), opened.dispose()) });
    });
  }

  /** Tells how something ended. False when nobody heard it: no notifications, or none are wanted. */
  async ended({ id, title, reader, failure }: Activity): Promise<boolean> {
    const { desk } = this.#needs;
    if (desk.watched) return true;
    const { texts } = deskWords(desk.language);
    const words =
      typeof title === 'object' && 'key' in title ? texts.text(title.key) : inLanguage(title, desk.language);
    const what = { id, title: words, failed: failure !== undefined, ...(reader === undefined ? {} : { reader }) };
    return await this.#show(endNotice(what, this.#names(), notifyTexts(desk.language)));
  }

  dispose(): void {
    this.#kept.dispose();
  }

  #seen({ readers, activities, now }: DeskState): void {
    const before = this.#readers;
    this.#readers = readers;
    for (const news of cardNews(before, readers, now)) this.#tell(news, now);
    for (const name of this.#waiting) {
      const state = readers.find((reader) => reader.name === name)?.state;
      if (state !== 'not-activated' && state !== 'half-activated') this.#withdraw(name);
    }
    for (const activity of activities) if (activity.command.startsWith('host.tell.')) this.#hear(activity);
  }

  #tell(news: CardNews, now: Date): void {
    const { desk, told } = this.#needs;
    if (news.kind === 'expiring') {
      const { certificate } = news;
      if (told.has(certificate, now) || !this.#first(`${certificate} ${now.toISOString().slice(0, 10)}`)) return;
      // Who has the window open sees it there.
      void (desk.watched ? Promise.resolve(true) : this.#show(this.#noticeOf(news))).then((done) => {
        if (done) this.#remember(certificate, now);
      });
      return;
    }
    // The window opens by itself for a card that needs activation, unless the person wants it otherwise.
    if (news.kind !== 'locked') {
      if (desk.chosen.openByItself !== false) return;
      this.#waiting.add(news.reader);
    }
    void this.#show(this.#noticeOf(news));
  }

  /** Something that the host tells by itself, such as how to get a tray. */
  #hear({ id, title, own }: Activity): void {
    if (!this.#first(`activity ${id}`) || own === undefined) return;
    const { language } = this.#needs.desk;
    const { texts } = deskWords(language);
    const words = typeof title === 'object' && 'key' in title ? texts.text(title.key) : inLanguage(title, language);
    void this.#show(plainNotice(own.key, words, texts.text(own.key, own.values), notifyTexts(language)));
  }

  async #show(notice: Notice): Promise<boolean> {
    const { desk, notifications } = this.#needs;
    if (desk.watched || desk.chosen.notifications === false) return false;
    return await (await notifications).show(notice);
  }

  #noticeOf(news: CardNews): Notice {
    return cardNotice(news, this.#names(), notifyTexts(this.#needs.desk.language));
  }

  #names(): readonly string[] {
    return this.#readers.map(({ name }) => name);
  }

  #remember(key: string, now: Date): void {
    const { told, desk } = this.#needs;
    try {
      told.add(key, now);
    } catch (error) {
      desk.needs.host.log.warn(`notifications: ${String(error)}`);
    }
  }

  /** Its card is activated by now, or gone. */
  #withdraw(reader: string): void {
    this.#waiting.delete(reader);
    void this.#needs.notifications.then((opened) => opened.withdraw(activationKey(reader)));
  }

  #first(key: string): boolean {
    if (this.#heard.has(key)) return false;
    this.#heard.add(key);
    return true;
  }
}
