import type { Decrypting, Pins, Programs, Signing } from '@sigill/core';
import { patient, soon } from './call-times.js';
import type { OfRun } from './call-data.js';
import type { HostCalls } from './contract.js';
import type { Rpc } from './rpc.js';

/** The services that may ask the person, and so tell the host which run asks. */
export interface AskingServices {
  readonly pins: Pins;
  readonly signing: Signing;
  readonly decrypting: Decrypting;
  readonly programs: Programs;
}

/** Those services over the contract; `ofRun` tells which run a call comes from. */
export function askingOver(rpc: Rpc<HostCalls>, ofRun: () => OfRun): AskingServices {
  const pins: Pins = {
    verify: ({ card, pin }) => rpc.call('pins.verify', { card, pin, ...ofRun() }, patient),
    change: ({ card, pin }) => rpc.call('pins.change', { card, pin, ...ofRun() }, patient),
    unlock: ({ card, pin }) => rpc.call('pins.unlock', { card, pin, ...ofRun() }, patient),
    activate: ({ card }) => rpc.call('pins.activate', { card, ...ofRun() }, patient),
  };
  const signing: Signing = {
    sign: (request) => rpc.call('signing.sign', { ...request, ...ofRun() }, patient),
    // Some cards want the PIN for each document.
    signDocuments: (request) =>
      rpc.call('signing.signDocuments', { ...request, ...ofRun() }, patient * Math.max(1, request.documents.length)),
  };
  const decrypting: Decrypting = {
    decipher: (request) => rpc.call('decrypting.decipher', { ...request, ...ofRun() }, patient),
    agree: (request) => rpc.call('decrypting.agree', { ...request, ...ofRun() }, patient),
  };
  const programs: Programs = {
    profiles: () => rpc.call('programs.profiles', {}, soon),
    bridge: () => rpc.call('programs.bridge', {}, soon),
    plan: (wish) => rpc.call('programs.plan', wish, soon),
    apply: (wish) => rpc.call('programs.apply', { ...wish, ...ofRun() }, patient),
    closed: (profile) => rpc.call('programs.closed', { profile, ...ofRun() }, patient),
    test: () => rpc.call('programs.test', {}, soon),
    sign: (profile) => rpc.call('programs.sign', { profile, ...ofRun() }, patient),
    undo: () => rpc.call('programs.undo', ofRun(), patient),
  };
  return { pins, signing, decrypting, programs };
}
