import type { ActivationEvent, Permission } from '@sigill/core';
import { packageName } from './packages.js';
import { localText, settingContribution } from './setting-shape.js';
import { listOf, mapOf, oneOf, record, type Shape, Mismatch, text } from './shape.js';

/** At least two words, so that a command says whose it is: `pin.verify`. */
const commandId = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/;

const states =
  'empty|reading|ready|not-activated|half-activated|pin-locked|puk-locked|no-certificate|unrecognised|error';
const event = new RegExp(
  `^(?:startup|card(?::[a-z0-9][a-z0-9._-]*)?|card-state:(?:${states})|(?:command|panel):[a-z][a-z0-9.-]*)$`,
);

/** A path that stays inside the plugin's folder. */
const inside: Shape<string> = (value, path) => {
  const found = text(200)(value, path);
  const parts = found.split('/');
  if (found === '' || found.startsWith('/') || parts.includes('..') || /[\\:\0]/.test(found)) {
    throw new Mismatch(path, 'must be a path inside the plugin');
  }
  return found;
};

/** `%key%` names a sentence of the plugin's messages. */
const title = localText(200);

/** The block `sigill` of a plugin's `package.json`. */
const sigillBlock = record(
  {},
  {
    title,
    activation: listOf(text(100, event) as Shape<ActivationEvent>, 50),
    permissions: listOf(oneOf<Permission>('cards', 'pins', 'sign', 'documents', 'net', 'programs', 'decrypt'), 7),
    contributes: record(
      {},
      {
        commands: listOf(record({ id: text(100, commandId), title }), 100),
        cardProfiles: listOf(inside, 100),
        menu: listOf(text(100), 20),
        panels: listOf(record({ id: text(100, commandId), title }), 20),
        settings: listOf(settingContribution, 100),
      },
    ),
  },
);

/** What is read of the rest of `package.json`; npm's other keys are let be. */
export const packageBlock = record(
  {
    name: text(100, packageName),
    version: text(50, /^\d+\.\d+\.\d+/),
    engines: mapOf(text(100), 20),
    sigill: sigillBlock,
  },
  { main: inside, type: oneOf('module', 'commonjs') },
);
