import type { Command } from 'commander';
import type { Texts } from '../messages/texts.js';
import type { Context } from './context.js';

/** Adds one command; `context` is asked for when it runs, with the options read. */
export type AddCommand = (program: Command, texts: Texts, context: () => Context) => void;
