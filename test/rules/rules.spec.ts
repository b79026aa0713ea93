import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { format } from 'prettier';
import { rulesDoc, unprovedRules } from './rules-doc.js';
import { notBuilt } from './rules.js';

const root = resolve(import.meta.dirname, '../..');
const path = resolve(root, 'docs/rules.md');

it('docs/rules.md is what the tests say (UPDATE_DOCS=1 writes it)', async () => {
  const text = await format(await rulesDoc(root), { parser: 'markdown', printWidth: 120 });
  if (process.env['UPDATE_DOCS']) await writeFile(path, text);
  expect(await readFile(path, 'utf8')).toBe(text);
});

it('every rule is named by a test, but for those that are not built yet', async () => {
  expect(await unprovedRules(root)).toEqual(notBuilt);
});
