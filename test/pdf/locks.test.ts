import { describe, expect, it } from 'vitest';
import { examine, type ExaminedWish, type Examination } from '../../plugins/pdf-sign/pdf/examine.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { documentOf, plainObjects } from './documents.js';

const widget = '/Type /Annot /Subtype /Widget /FT /Sig /Rect [10 10 90 60] /F 4 /P 3 0 R';

/** A document with an empty field `Here` (with these entries), and one `Past` whose signature has these references. */
async function examined(
  wish: ExaminedWish,
  { here = '', references = '', form = '', catalog = '' } = {},
): Promise<Examination> {
  const past = references === '' ? '' : '6 0 R';
  const objects = {
    1: `<</Type /Catalog /Pages 2 0 R ${catalog} /AcroForm <</Fields [5 0 R ${past}] ${form}>>>>`,
    3: (plainObjects[3] ?? '').replace('/Type /Page', `/Type /Page /Annots [5 0 R ${past}]`),
    5: `<<${widget} /T (Here) ${here}>>`,
    6: `<<${widget} /T (Past) /V 7 0 R>>`,
    7: `<</Type /Sig /ByteRange [0 10 20 10] /Contents <00> /Reference [${references}]>>`,
  };
  return examine(await openPdf(sourceOf(documentOf({ objects }))), wish);
}

const certified = (level: number): string =>
  `<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P ${level} /V /1.2>>>>`;
const locked = (params: string): string =>
  `<</Type /SigRef /TransformMethod /FieldMDP /TransformParams <</Type /TransformParams ${params} /V /1.2>>>>`;
const visible = { objects: [], at: { page: 1, rect: [0, 0, 9, 9] } } as const;

describe('what would break an earlier signature is refused', () => {
  it('certified for no changes: no signature, but a document timestamp', async () => {
    const references = certified(1);
    expect((await examined({}, { references })).refusal).toEqual({
      code: 'pdf-certified-closed',
      facts: { field: 'Past' },
    });
    expect((await examined({ field: 'Here' }, { references })).refusal?.code).toBe('pdf-certified-closed');
    expect((await examined({ subFilter: 'ETSI.RFC3161' }, { references })).refusal).toBeUndefined();
  });

  it('certified for filling in: signatures, but no new place on a page', async () => {
    const references = certified(2);
    expect((await examined({}, { references })).refusal).toBeUndefined();
    expect((await examined({ appearance: visible }, { references })).refusal?.code).toBe(
      'pdf-certified-invisible-only',
    );
    expect((await examined({ field: 'Here', appearance: visible }, { references })).refusal).toBeUndefined();
    expect((await examined({ appearance: visible }, { references: certified(3) })).refusal).toBeUndefined();
  });

  it('fields that a signature locks stay empty', async () => {
    const all = locked('/Action /All');
    expect((await examined({}, { references: all })).refusal).toEqual({
      code: 'pdf-fields-locked',
      facts: { by: 'Past' },
    });
    expect((await examined({ field: 'Here' }, { references: all })).refusal?.code).toBe('pdf-fields-locked');
    const include = locked('/Action /Include /Fields [(Here)]');
    expect((await examined({ field: 'Here' }, { references: include })).refusal?.code).toBe('pdf-fields-locked');
    expect((await examined({}, { references: include })).refusal).toBeUndefined();
    const exclude = locked('/Action /Exclude /Fields [(Here)]');
    expect((await examined({ field: 'Here' }, { references: exclude })).refusal).toBeUndefined();
    expect((await examined({}, { references: exclude })).refusal?.code).toBe('pdf-fields-locked');
  });

  it('a lock with a level closes the document as a certification does', async () => {
    const references = locked('/Action /Include /Fields [] /P 1');
    expect((await examined({}, { references })).refusal?.code).toBe('pdf-certified-closed');
  });

  it('a certification comes first or not at all', async () => {
    expect((await examined({ certify: 2 }, { references: locked('/Action /Include /Fields []') })).refusal?.code).toBe(
      'pdf-certify-late',
    );
    expect((await examined({ certify: 2 })).refusal).toBeUndefined();
  });
});

describe('a field says how it wants to be signed', () => {
  const seed = (entries: string): { here: string } => ({ here: `/SV <</Type /SV ${entries}>>` });

  it('what it requires is obeyed, what it wishes is told', async () => {
    const wish = { field: 'Here', subFilter: 'ETSI.CAdES.detached', digest: 'SHA256' } as const;
    const required = await examined(wish, seed('/SubFilter [/adbe.pkcs7.detached] /Ff 2'));
    expect(required.refusal).toEqual({
      code: 'pdf-seed',
      facts: { entry: 'SubFilter', wants: ['adbe.pkcs7.detached'] },
    });
    const wished = await examined(wish, seed('/SubFilter [/adbe.pkcs7.detached] /Ff 0'));
    expect(wished.refusal).toBeUndefined();
    expect(wished.notes.map(({ code }) => code)).toContain('pdf-seed-wish');
    expect((await examined(wish, seed('/DigestMethod [(SHA512)] /Ff 64'))).refusal?.facts).toMatchObject({
      entry: 'DigestMethod',
    });
    expect((await examined({ ...wish, reason: 'x' }, seed('/Reasons [(.)] /Ff 8'))).refusal?.facts).toMatchObject({
      entry: 'Reasons',
    });
    expect((await examined(wish, seed('/MDP <</P 2>>'))).refusal?.facts).toEqual({ entry: 'MDP', wants: ['2'] });
  });

  it('a field that is read-only, signed or not there is refused', async () => {
    expect((await examined({ field: 'Here' }, { here: '/Ff 1' })).refusal?.code).toBe('pdf-field-read-only');
    expect((await examined({ field: 'Past' }, { references: certified(3) })).refusal?.code).toBe('pdf-field-signed');
    expect((await examined({ field: 'Nowhere' })).refusal?.code).toBe('pdf-field-unknown');
  });

  it('its lock is told beforehand', async () => {
    const { notes } = await examined(
      { field: 'Here' },
      { here: '/Lock <</Type /SigFieldLock /Action /Include /Fields [(A) (B)]>>' },
    );
    expect(notes).toContainEqual({ code: 'pdf-locks', facts: { action: 'Include', fields: ['A', 'B'] } });
  });
});

describe('forms', () => {
  it('an XFA form that draws itself is refused, another is told', async () => {
    expect((await examined({}, { form: '/XFA [(x) 4 0 R]', catalog: '/NeedsRendering true' })).refusal?.code).toBe(
      'pdf-xfa-dynamic',
    );
    const { refusal, notes } = await examined({}, { form: '/XFA [(x) 4 0 R] /NeedAppearances true' });
    expect(refusal).toBeUndefined();
    expect(notes.map(({ code }) => code)).toEqual(['pdf-xfa-static', 'pdf-need-appearances', 'pdf-empty-fields']);
  });

  it('a field that is its own ancestor is refused', async () => {
    expect((await examined({}, { here: '/Parent 5 0 R' })).refusal?.code).toBe('pdf-form-loop');
  });
});
