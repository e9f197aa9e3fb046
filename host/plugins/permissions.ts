import { Failure, type Manifest, type Permission } from '@sigill/core';
import type { HostCall } from './contract.js';

/** What each call needs; a call that is not here needs nothing. */
const needs: { readonly [C in HostCall]?: Permission } = {
  'cards.certificate': 'cards',
  'cards.details': 'cards',
  'documents.append': 'documents',
  'documents.deliver': 'documents',
  'documents.digest': 'documents',
  'documents.discard': 'documents',
  'documents.draft': 'documents',
  'documents.info': 'documents',
  'documents.patch': 'documents',
  'documents.read': 'documents',
  'net.request': 'net',
  'pins.activate': 'pins',
  'pins.change': 'pins',
  'pins.unlock': 'pins',
  'pins.verify': 'pins',
  'signing.sign': 'sign',
  'signing.signDocuments': 'sign',
  'trust.anchors': 'documents',
  'trust.list': 'documents',
  'programs.profiles': 'programs',
  'programs.bridge': 'programs',
  'programs.plan': 'programs',
  'programs.apply': 'programs',
  'programs.closed': 'programs',
  'programs.test': 'programs',
  'programs.sign': 'programs',
  'programs.undo': 'programs',
  'decrypting.decipher': 'decrypt',
  'decrypting.agree': 'decrypt',
};

/** Lets a call through when the plugin's manifest asks for what it needs; else fails with `permission-missing`. */
export function checkPermission({ name, permissions }: Manifest, call: HostCall): void {
  const permission = needs[call];
  if (permission === undefined || permissions.includes(permission)) return;
  throw new Failure('permission-missing', { plugin: name, permission });
}
