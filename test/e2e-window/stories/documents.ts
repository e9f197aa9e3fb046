import type { JournalView } from '../../../host/window/view/journal-view.js';
import type { PanelView } from '../../../host/window/view/panel-view.js';
import { twoPages } from '../drop.js';
import { action } from './cards.js';
import type { Say, Story } from './say.js';

/** The document of these stories, of which the page server gives pieces, and its name there. */
export const storyPdf = await twoPages();
export const storyDocument = 'story-document';

/** The journal of these stories; the host tells it in the person's language. */
export const storyJournal: JournalView = {
  sound: true,
  verdict: 'Journalen är som den skrevs: 2 poster.',
  last: '3b5d'.repeat(16),
  shown: '2 av 2 poster, den nyaste först.',
  rows: ['Offert-signed.pdf', 'Hyresavtal-signed.pdf'].map((name, at) => ({
    number: String(2 - at),
    time: '21 nov. 2026 15:35',
    what: `${name} skrevs (@sigill-plugin/pdf-sign)`,
    who: 'CN=VIRTANEN ANNA,GN=ANNA,SN=VIRTANEN,C=FI',
    details: [`SHA-256 ${'45ab'.repeat(16)}`, 'level: PAdES-B-B'],
  })),
};

const panel = (say: Say): PanelView => ({
  id: 'pdf-sign.documents',
  title: say('PDF documents', 'PDF-dokument', 'PDF-asiakirjat'),
  plugin: 'PDF',
  documents: [
    {
      id: storyDocument,
      name: say('Offer.pdf', 'Offert.pdf', 'Tarjous.pdf'),
      bytes: storyPdf.length,
      size: '24 kB',
      place: say('The result goes beside it.', 'Resultatet hamnar bredvid det.', 'Tulos tallentuu sen viereen.'),
    },
  ],
  elements: [
    { kind: 'heading', text: say('Sign', 'Underteckna', 'Allekirjoita') },
    {
      kind: 'form',
      id: 'sign',
      fields: [
        {
          key: 'documents',
          type: 'documents',
          label: say('Documents', 'Dokument', 'Asiakirjat'),
          accept: ['pdf'],
          many: true,
        },
        {
          key: 'passwords',
          type: 'passwords',
        },
        {
          key: 'place',
          type: 'area',
          label: say(
            'Place of a visible signature',
            'Plats för en synlig underskrift',
            'Näkyvän allekirjoituksen paikka',
          ),
        },
      ],
      submit: action('pdf-sign.sign', say('Sign …', 'Underteckna …', 'Allekirjoita …')),
    },
    { kind: 'heading', text: say('Check', 'Kontrollera', 'Tarkista') },
    {
      kind: 'form',
      id: 'verify',
      fields: [
        {
          key: 'documents',
          type: 'documents',
          label: say('Documents', 'Dokument', 'Asiakirjat'),
          accept: ['pdf'],
          many: true,
        },
      ],
      submit: action('pdf-sign.verify', say('Check', 'Kontrollera', 'Tarkista')),
    },
  ],
});

/** A document that was given and signed. */
export const documentStory: Story = (say) => ({
  panels: [panel(say)],
  activities: [
    {
      id: '1',
      title: say('Sign PDF documents', 'Underteckna PDF-dokument', 'Allekirjoita PDF-asiakirjoja'),
      state: 'done',
      lines: [say('“Offer.pdf” is signed.', '”Offert.pdf” är undertecknat.', '”Tarjous.pdf” on allekirjoitettu.')],
      cancellable: false,
      results: [
        {
          name: say('Offer-signed.pdf', 'Offert-signed.pdf', 'Tarjous-signed.pdf'),
          folder: '/home/anna/Dokument',
          actions: [
            action('host.result.open', say('Open', 'Öppna', 'Avaa')),
            action('host.result.show', say('Show in folder', 'Visa i mappen', 'Näytä kansiossa')),
            action('host.result.verify', say('Verify', 'Kontrollera', 'Tarkista')),
          ],
        },
      ],
    },
  ],
});
