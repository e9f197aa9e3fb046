import type { CommandHandler } from '@sigill/core';
import { isPdfError } from '../pdf/pdf-error.js';
import { refusedResult } from './outcome.js';
import { problemOf, Refusal } from './refusal.js';

/** A command whose refusals are answers in this plugin's own words; the host's failures stay what they are. */
export function answered(handler: CommandHandler): CommandHandler {
  return async (args, progress, context) => {
    try {
      return await handler(args, progress, context);
    } catch (error) {
      if (error instanceof Refusal) return refusedResult(error);
      if (isPdfError(error)) return refusedResult(new Refusal(error.code, { ...problemOf(error).values }));
      throw error;
    }
  };
}
