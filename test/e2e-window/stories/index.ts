import { activationStories } from './activation.js';
import { gemalto } from './cards.js';
import { deviceStories } from './devices.js';
import { programStories } from './program.js';
import type { Story } from './say.js';

const programPlaces: Readonly<Record<string, string>> = { activities: 'devices', panel: 'panel:pdf.documents' };

/** Every story, by the name of its screenshot, with the place where it is looked at. */
export const stories: readonly { readonly name: string; readonly story: Story; readonly place: string }[] = [
  ...entries(deviceStories, () => 'devices'),
  ...entries(activationStories, () => `activation:${gemalto}`),
  ...entries(programStories, (name) => programPlaces[name] ?? name),
  { name: 'codes', story: deviceStories['two-readers'] as Story, place: 'codes' },
  { name: 'codes-none', story: deviceStories['empty'] as Story, place: 'codes' },
];

function entries(told: Readonly<Record<string, Story>>, place: (name: string) => string) {
  return Object.entries(told).map(([name, story]) => ({ name, story, place: place(name) }));
}
