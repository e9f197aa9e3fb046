import { expect, it } from 'vitest';
import { panelContent } from './panel-shape.js';

const form = (field: object) => ({
  id: 'pdf-sign.documents',
  elements: [{ kind: 'form', id: 'sign', fields: [field], submit: { command: 'pdf-sign.sign', label: 'Sign' } }],
});
const documents = { key: 'files', label: 'Documents', type: 'documents', accept: ['pdf'], many: true };
const area = { key: 'place', label: 'Place', type: 'area', documents: 'files', default: '' };

const password = { key: 'password', type: 'password', documents: 'files', locked: 'pdf-sign.locked' };

it.each([documents, area, password, { ...area, help: 'Drag' }])('a form takes the field %j', (field) => {
  expect(panelContent(form(field), '')).toEqual(form(field));
});

it.each([
  { ...documents, accept: ['../pdf'] },
  { ...documents, default: '' },
  { ...documents, many: 'yes' },
  { ...area, documents: '' },
  { ...area, accept: ['pdf'] },
  { ...area, type: 'areas' },
  // Only the host's own words ask for a password.
  { ...password, label: 'PIN2' },
])('a form refuses the field %j', (field) => {
  expect(() => panelContent(form(field), '')).toThrow();
});
