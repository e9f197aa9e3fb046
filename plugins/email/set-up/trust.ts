import type { CommandArguments } from '@sigill/core';

/** Begins the names of the panel's boxes for CA certificates. */
export const trustField = 'trust-';

/** The fingerprints that a person has confirmed: a list from the command line, boxes from the window. */
export function trustOf(args: CommandArguments): readonly string[] {
  const { trust } = args;
  const list = Array.isArray(trust) ? trust.filter((one): one is string => typeof one === 'string') : [];
  const boxes = Object.entries(args).flatMap(([key, value]) =>
    key.startsWith(trustField) && (value === true || value === 'true') ? [key.slice(trustField.length)] : [],
  );
  return [...list, ...boxes];
}
