import { basename, dirname } from 'node:path';
import { inLanguage, type Message } from '@sigill/core';
import { failureText } from '../messages/failure-text.js';
import { type OwnTexts, sentences } from '../messages/sentences.js';
import type { Texts } from '../messages/texts.js';
import { shownName } from '../documents/document-place.js';
import type { ActivityView, ResultView } from '../window/view/activity-view.js';
import type { Activity, ActivityResult } from './activity.js';

/** An activity in words. `own` are the texts of its plugin. */
export function activityView(activity: Activity, own: OwnTexts | undefined, texts: Texts): ActivityView {
  const { id, title, reader, state, progress, pinPage } = activity;
  const under = state === 'running' || state === 'waiting';
  return {
    id,
    title: typeof title === 'object' && 'key' in title ? texts.text(title.key) : inLanguage(title, texts.language),
    ...(reader === undefined ? {} : { reader }),
    state,
    lines: lines(activity, own, texts),
    ...(under && progress?.value !== undefined ? { progress: progress.value } : {}),
    // What a program outside asks is answered or cancelled on its own page.
    cancellable: under && activity.asker === undefined,
    ...(activity.results === undefined ? {} : { results: activity.results.map((one) => resultView(one, texts)) }),
    ...(state === 'waiting' && pinPage !== undefined ? { pinPage } : {}),
  };
}

function resultView({ id, path, can }: ActivityResult, texts: Texts): ResultView {
  return {
    name: shownName(basename(path)),
    folder: shownName(dirname(path)),
    actions: can.map((what) => ({
      command: `host.result.${what}`,
      args: { result: id },
      label: texts.text(`result.${what}`),
    })),
  };
}

function lines(activity: Activity, own: OwnTexts | undefined, texts: Texts): readonly string[] {
  const { state, failure, messages = [], own: hostMessage, progress, asks, asker } = activity;
  const said = (found: readonly Message[]): readonly string[] => sentences(found, own, texts);
  if (failure !== undefined) return [failureText(texts, failure)];
  if (asker !== undefined) return [texts.text('activity.asked.program', { asker })];
  if (state === 'waiting') return [texts.text(asks === undefined ? 'activity.asked' : `activity.asked.${asks}`)];
  if (state === 'running') return progress?.message === undefined ? [] : said([progress.message]);
  if (hostMessage !== undefined) return [texts.text(hostMessage.key, hostMessage.values)];
  return messages.length === 0 ? [texts.text('activity.done')] : said(messages);
}
