import { Failure, type Manifest, type SettingValue } from '@sigill/core';
import { cleanLine } from './clean-text.js';
import type { PanelContent } from './call-data.js';
import type { HostCalls } from './contract.js';
import { Gate } from './gate.js';
import type { HostServices } from './host-services.js';
import { Parcels } from './parcels.js';
import type { Handlers } from './rpc.js';
import { isLikeCode, misfit } from './setting-values.js';
import { trustPage } from './trust-page.js';

/** Exchanges with the network at the same time; more wait. */
const mostExchanges = 4;

/** What each call does, its request being of the right shape and allowed. */
export function hostHandlers(services: HostServices): Handlers<HostCalls> {
  const { manifest, cards, pins, signing, decrypting, documents, net, trust, programs, log, logAllowance, advance } =
    services;
  const parcels = new Parcels();
  const exchanges = new Gate(mostExchanges);
  return {
    'cards.certificate': ({ card, id }) => cards.certificate(card, id),
    'cards.details': ({ card }) => cards.details(card),
    'commands.offer': async ({ id, args }) => {
      const known = manifest.contributes.commands?.some((command) => command.id === id);
      if (!known) throw new Failure('command-unknown', { command: cleanLine(id, 100) });
      services.offer({ id, args });
    },
    'documents.append': ({ draft, bytes }) => documents.append(draft, bytes),
    'documents.deliver': async (delivery) => {
      const delivered = await documents.deliver(delivery);
      advance();
      return delivered;
    },
    'documents.digest': ({ document, algorithm, ranges }) => documents.digest(document, algorithm, ranges),
    'documents.discard': ({ draft, why }) => documents.discard(draft, why),
    'documents.draft': ({ document, start }) => documents.draft(document, start),
    'documents.info': ({ document }) => documents.info(document),
    'documents.patch': ({ draft, offset, bytes }) => documents.patch(draft, offset, bytes),
    // A Buffer would first turn itself into a list of numbers, for nothing.
    'documents.read': async ({ document, range }) => {
      const { buffer, byteOffset, length } = await documents.read(document, range);
      return new Uint8Array(buffer, byteOffset, length);
    },
    'log.write': async ({ level, line }) => {
      if (logAllowance.tryUse(1)) log[level](cleanLine(line, 1_000));
    },
    'net.request': (request) =>
      exchanges.pass(async () => {
        const { body, ...answer } = await net.request(request);
        return { ...answer, body: parcels.send(body) };
      }),
    'panels.show': async (panel) => {
      checkPanel(manifest, panel);
      services.showPanel(panel);
    },
    'parcels.fetch': async ({ parcel, offset }) => parcels.fetch(parcel, offset),
    'pins.activate': ({ card, run }) => pins(run).activate({ card }),
    'pins.change': ({ card, pin, run }) => pins(run).change({ card, pin }),
    'pins.unlock': ({ card, pin, run }) => pins(run).unlock({ card, pin }),
    'pins.verify': ({ card, pin, run }) => pins(run).verify({ card, pin }),
    'progress.report': async (report) => services.progress(report),
    'settings.keep': async ({ key, value }) => {
      checkSetting(manifest, key, value);
      await services.keepSetting(key, value);
    },
    'signing.sign': ({ run, ...request }) => signing(run).sign(request),
    'signing.signDocuments': ({ run, ...request }) => signing(run).signDocuments(request),
    'trust.anchors': async ({ from }) => trustPage(await trust.anchors(), from),
    'trust.list': async () => {
      const list = await trust.list();
      return list && parcels.send(list);
    },
    'programs.profiles': () => programs().profiles(),
    'programs.bridge': () => programs().bridge(),
    'programs.plan': (wish) => programs().plan(wish),
    'programs.apply': ({ run, ...wish }) => programs(run).apply(wish),
    'programs.closed': ({ profile, run }) => programs(run).closed(profile),
    'programs.test': () => programs().test(),
    'programs.sign': ({ profile, run }) => programs(run).sign(profile),
    'programs.undo': ({ run }) => programs(run).undo(),
    'decrypting.decipher': ({ run, ...request }) => decrypting(run).decipher(request),
    'decrypting.agree': ({ run, ...request }) => decrypting(run).agree(request),
  };
}

/** A value for a setting of its own, which fits it and is no code. */
function checkSetting({ contributes: { settings = [] } }: Manifest, key: string, value: SettingValue): void {
  const setting = settings.find((one) => one.key === key);
  if (setting === undefined) throw new Failure('setting-unknown', { key });
  const why = misfit(setting, value);
  if (why !== undefined) throw new Failure('setting-invalid', { key, why });
  if (setting.type === 'text' && isLikeCode(value)) throw new Failure('value-like-code', { label: key });
}

/** A panel and its buttons are the plugin's own: none starts what belongs to another. */
function checkPanel({ contributes: { panels = [], commands = [] } }: Manifest, { id, elements }: PanelContent): void {
  if (!panels.some((panel) => panel.id === id)) throw new Failure('panel-unknown', { panel: cleanLine(id, 100) });
  const started = elements.flatMap((element) => {
    if (element.kind === 'buttons') return element.buttons.map(({ command }) => command);
    if (element.kind !== 'form') return [];
    return [
      element.submit.command,
      ...element.fields.flatMap((field) => (field.type === 'password' ? field.locked : [])),
    ];
  });
  const foreign = started.find((command) => !commands.some((own) => own.id === command));
  if (foreign !== undefined) throw new Failure('command-unknown', { command: cleanLine(foreign, 100) });
}
