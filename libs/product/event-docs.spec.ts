import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { format } from 'prettier';
import { catalogue } from '#product';
import { eventDocs } from './event-docs.js';

const path = new URL('../../docs/events.md', import.meta.url);

it('docs/events.md is what the catalogue says (UPDATE_DOCS=1 writes it)', async () => {
  const text = await format(eventDocs(catalogue.definitions.values()), { parser: 'markdown', printWidth: 120 });
  if (process.env['UPDATE_DOCS']) await writeFile(path, text);
  expect(await readFile(path, 'utf8')).toBe(text);
});
