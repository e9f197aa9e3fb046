import { activationStories } from './activation.js';
import { gemalto, more, organisationCard, reader } from './cards.js';
import { deviceStories } from './devices.js';
import { programStories } from './program.js';
import { documentStory } from './documents.js';
import type { Story } from './say.js';
import { setUpStories } from './set-up.js';

const programPlaces: Readonly<Record<string, string>> = { activities: 'devices', panel: 'panel:pdf.documents' };

const withMore: Story = (say) => ({
  readers: [reader(say, 'expiring', { card: { ...organisationCard(say), ...more(say) } })],
});

/** Every story, by the name of its screenshot, with the place where it is looked at. */
export const stories: readonly {
  readonly name: string;
  readonly story: Story;
  readonly place: string;
  readonly press?: readonly string[];
  /** What comes after the presses. */
  readonly see?: string;
}[] = [
  ...entries(deviceStories, () => 'devices'),
  ...entries(activationStories, () => `activation:${gemalto}`),
  ...entries(programStories, (name) => programPlaces[name] ?? name),
  { name: 'codes', story: deviceStories['two-readers'] as Story, place: 'codes' },
  { name: 'certificate', story: withMore, place: 'devices', press: ['.rows .row-button', 'wa-details'] },
  { name: 'authorities', story: withMore, place: 'devices', press: ['[data-node^=cas] .twist'] },
  { name: 'key', story: withMore, place: 'devices', press: ['[data-node^=keys] .twist', '.rows .row-button'] },
  {
    name: 'plugin-log',
    story: programStories['plugins'] as Story,
    place: 'plugins',
    press: ['.plugin.failed wa-details'],
  },
  ...entries(setUpStories, () => 'panel:email.set-up'),
  { name: 'documents', story: documentStory, place: 'panel:pdf-sign.documents' },
  {
    name: 'documents-place',
    story: documentStory,
    place: 'panel:pdf-sign.documents',
    press: ['.activity .closer', 'sigill-area wa-switch'],
    see: '.signature-box',
  },
  {
    name: 'journal',
    story: () => ({}),
    place: 'journal',
    press: ['sigill-journal wa-details'],
    see: 'sigill-journal code',
  },
  { name: 'codes-none', story: deviceStories['empty'] as Story, place: 'codes' },
];

function entries(told: Readonly<Record<string, Story>>, place: (name: string) => string) {
  return Object.entries(told).map(([name, story]) => ({ name, story, place: place(name) }));
}
