import { activationStories } from './activation.js';
import { gemalto, more, organisationCard, reader } from './cards.js';
import { deviceStories } from './devices.js';
import { programStories } from './program.js';
const programPlaces = { activities: 'devices', panel: 'panel:pdf.documents' };
const withMore = (say) => ({
    readers: [reader(say, 'expiring', { card: { ...organisationCard(say), ...more(say) } })],
});
/** Every story, by the name of its screenshot, with the place where it is looked at. */
export const stories = [
    ...entries(deviceStories, () => 'devices'),
    ...entries(activationStories, () => `activation:${gemalto}`),
    ...entries(programStories, (name) => programPlaces[name] ?? name),
    { name: 'codes', story: deviceStories['two-readers'], place: 'codes' },
    { name: 'certificate', story: withMore, place: 'devices', press: ['.rows .row-button', 'wa-details'] },
    { name: 'authorities', story: withMore, place: 'devices', press: ['[data-node^=cas] .twist'] },
    { name: 'key', story: withMore, place: 'devices', press: ['[data-node^=keys] .twist', '.rows .row-button'] },
    {
        name: 'plugin-log',
        story: programStories['plugins'],
        place: 'plugins',
        press: ['.plugin.failed wa-details'],
    },
    { name: 'codes-none', story: deviceStories['empty'], place: 'codes' },
];
function entries(told, place) {
    return Object.entries(told).map(([name, story]) => ({ name, story, place: place(name) }));
}
