import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { startSystem, temporaryDirectory } from '../support/system.js';

const root = resolve(import.meta.dirname, '../..');

it('the morning at a support desk can be played as the README says', async () => {
  const readme = await readFile(resolve(root, 'README.md'), 'utf8');
  const [, command = ''] = /## A morning at a support desk\n.*?```sh\n(.*?)\n```/s.exec(readme) ?? [];
  const directory = await temporaryDirectory();
  const system = await startSystem(directory.path);
  const env = { ...process.env, API: system.url, DATA_DIR: directory.path };
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd: root, env });
  expect(stdout).toContain('"because":"the contact is in the group VIP"');
  expect(stdout).toMatch(/"text":"Dear Kim, I am sorry\. vera looks after it\."/);
  expect(stdout).toMatch(/\{"items":\[\{"contactId":"[^"]+","by":"value","name":"Kim-app"\}\],"suspended":false\}/);
  expect(stdout).toMatch(/^\{"mergeId":/m);
  expect(stdout).toMatch(/^\{"stayed":\{/m);
  expect(stdout).toMatch(/"status":"closed".*"closingNote":\{"category":"[^"]+","summary":"Sent again\."\}/);
  expect(stdout).toMatch(/^Una: null, Tom: \{"userId":"[0-9]+-bob"\}$/m);
  // Una and Kim on the app still wait, Tom has been answered.
  const counters = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as object;
  expect(counters).toMatchObject({ open: 3, new: 2, pending: 1, snoozed: 0, closed: 3, unassigned: 2, vip: 0 });
  await system.running.kill();
  await directory.remove();
}, 240_000);
