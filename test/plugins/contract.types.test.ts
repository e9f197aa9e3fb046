import type { Activation, CardId, CommandArguments, PinId, PinStatus, SettingValue } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import type { RunId } from '../../host/plugins/call-data.js';
import {
  type Answer,
  type HostCall,
  hostCalls,
  type HostCalls,
  type PluginCall,
  pluginCalls,
  type PluginCalls,
  type Request,
} from '../../host/plugins/contract.js';

// Proved by the compiler: `npm run build` and `npm test` fail when a line below is no longer true.

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Every value that a type can carry at its ends, through objects and lists. */
type Leaves<T> = T extends string | number | boolean | undefined | null | bigint | symbol
  ? T
  : T extends Uint8Array | ArrayBuffer
    ? T
    : T extends readonly (infer Item)[]
      ? Leaves<Item>
      : T extends object
        ? { [K in keyof T]-?: Leaves<T[K]> }[keyof T]
        : T;

/** A leaf that has no room for digits of a person: a word of a closed list, the id of a card or of a run, a count, a yes or no. */
type Harmless<L> = L extends boolean | undefined
  ? true
  : Equal<L, CardId> extends true
    ? true
    : Equal<L, RunId> extends true
      ? true
      : L extends string
        ? // Open text, templates with holes included, makes an index signature; a single word makes a property.
          {} extends Record<L, 1>
          ? false
          : true
        : L extends number
          ? true
          : false;

/** The leaves of a type that could carry a PIN. */
type Roomy<T> =
  Leaves<T> extends infer L ? (L extends unknown ? (Harmless<L> extends true ? never : L) : never) : never;

/** What may stand in place of a number: counters only, each by its name. */
type Numbers<T> = T extends string
  ? never
  : T extends readonly (infer Item)[]
    ? Numbers<Item>
    : T extends object
      ? { [K in keyof T]-?: number extends T[K] ? K : Numbers<T[K]> }[keyof T]
      : never;

type PinCall = Extract<HostCall, `pins.${string}`>;
type PinTraffic = { [C in PinCall]: Request<HostCalls, C> | Answer<HostCalls, C> }[PinCall];

const yes = <T extends true>(held: T = true as T): T => held;
const none = <T extends never>(...found: T[]): number => found.length;

describe('no call of the plugin contract carries a PIN', () => {
  it('every leaf of a PIN call, in or out, is a closed word, the id of a card or a run, a yes or no, or a counter of tries', () => {
    none<Roomy<PinTraffic>>();
    yes<
      Equal<
        Exclude<Leaves<PinTraffic>, undefined>,
        CardId | RunId | PinId | PinStatus | Activation['scheme'] | number | boolean
      >
    >();
    yes<Equal<Numbers<PinTraffic>, 'triesLeft'>>();
    expect(hostCalls.filter((call) => call.startsWith('pins.'))).toEqual([
      'pins.activate',
      'pins.change',
      'pins.unlock',
      'pins.verify',
    ]);
  });

  it('the proof sees a PIN in whatever form it would come', () => {
    type Call = Request<HostCalls, 'pins.verify'>;
    // @ts-expect-error text has room
    none<Roomy<Call & { readonly note: string }>>();
    // @ts-expect-error so have bytes
    none<Roomy<Call & { readonly extra: Uint8Array }>>();
    // @ts-expect-error and text deep inside
    none<Roomy<Call & { readonly more: readonly { readonly deep?: string }[] }>>();
    // @ts-expect-error and what is not known
    none<Roomy<Call & { readonly anything: unknown }>>();
    // @ts-expect-error a number by another name than a counter's would be an answer in digits
    yes<Equal<Numbers<PinTraffic | { readonly digits: number }>, 'triesLeft'>>();
    // @ts-expect-error and a template is open text too
    none<Roomy<{ readonly pin: `PIN${number}` }>>();
  });

  it('the only bytes of the contract are digests, signatures, certificates, keys of mails, and what documents and the network hold', () => {
    type Traffic<Calls> = { [C in keyof Calls]: Request<Calls, C> | Answer<Calls, C> }[keyof Calls];
    type Bytes<T> = Extract<Leaves<T>, Uint8Array | ArrayBuffer>;
    type Carrying =
      | 'cards.certificate'
      | `documents.${'append' | 'digest' | 'patch' | 'read'}`
      | 'net.request'
      | 'parcels.fetch'
      | `signing.${string}`
      | `decrypting.${string}`
      | `trust.${string}`;
    // Arguments and results of commands are `Json`, which has no bytes.
    none<Bytes<Traffic<Omit<HostCalls, Extract<HostCall, Carrying> | 'commands.offer'>>>>();
    none<Bytes<Traffic<Pick<PluginCalls, Exclude<PluginCall, 'commands.run'>>>>>();
    expect(pluginCalls.length).toBe(7);
  });

  it('panels and progress tell the host something and bring nothing back', () => {
    yes<Equal<Answer<HostCalls, 'panels.show' | 'progress.report'>, void>>();
    // @ts-expect-error an answer would be a way for what was typed
    yes<Equal<Answer<HostCalls, 'panels.show' | 'pins.verify'>, void>>();
  });

  it('what a person gave a plugin reaches it by two calls only: values of its settings and arguments of its commands', () => {
    // Both come from fields that the plugin declared; the host refuses what looks like a code (see `isLikeCode`).
    yes<Equal<Leaves<Request<PluginCalls, 'settings.changed'>>, SettingValue>>();
    yes<Equal<Request<PluginCalls, 'commands.run'>['args'], CommandArguments>>();
    yes<
      Equal<
        Exclude<PluginCall, 'settings.changed' | 'commands.run'>,
        'cards.changed' | 'cards.happened' | 'commands.cancel' | 'plugin.start' | 'plugin.stop'
      >
    >();
    // What is told of cards has counters and no other number than sizes, lengths and times.
    yes<Equal<Numbers<Request<PluginCalls, 'cards.happened'>>, never>>();
  });

  it('the lists of names are complete', () => {
    yes<Equal<(typeof hostCalls)[number], HostCall>>();
    yes<Equal<(typeof pluginCalls)[number], PluginCall>>();
    expect(new Set([...hostCalls, ...pluginCalls]).size).toBe(hostCalls.length + pluginCalls.length);
  });
});
