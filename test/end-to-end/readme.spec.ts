import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { startSystem, temporaryDirectory } from '../support/system.js';

const readme = resolve(import.meta.dirname, '../../README.md');

it('the tour of the README works word for word', async () => {
  const text = await readFile(readme, 'utf8');
  const tour = text.slice(text.indexOf('## Five minutes'), text.indexOf('## A morning'));
  const blocks = [...tour.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');
  expect(blocks).toHaveLength(4);

  const directory = await temporaryDirectory();
  const system = await startSystem(join(directory.path, 'data'));
  // Only the port is another one: the usual one may be taken.
  const script = blocks.join('\necho\n').replace('http://127.0.0.1:3000', system.url);
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: directory.path });
  expect(stdout).toContain('"text":"Where is my parcel?"');
  expect(stdout).toContain('"state":"queued"');
  expect(stdout).toContain('"hint":"A•••• O••••"');
  expect(stdout).toMatch(/410$/m);
  expect(stdout).toContain('"reason":"requested"');
  expect(stdout).toContain('"ok":true,"entries":1');
  await system.running.kill();
  await directory.remove();
}, 60_000);
