import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filesWith } from '../support/files-with.js';
import { startSystem, temporaryDirectory } from '../support/system.js';
import type { System } from '../support/system.js';

const canary = 'Xylophonkanarie';

describe('an older copy of the key store put back', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let copy: Awaited<ReturnType<typeof temporaryDirectory>>;
  let system: System;

  beforeAll(async () => {
    [directory, copy] = [await temporaryDirectory(), await temporaryDirectory()];
    system = await startSystem(directory.path);
  });
  afterAll(async () => {
    await system.running.kill();
    await directory.remove();
    await copy.remove();
  });

  const keyFiles = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('keys.sqlite'));

  it('DEL-8: does not bring back a note that was redacted since, nor take its neighbour (S8)', async () => {
    const made = await system.call('POST', '/v1/contacts', { role: 'admin', body: { name: 'Ann Lee' } });
    const contact = `/v1/contacts/${String(made.body['contactId'])}`;
    const note = async (text: string) => {
      const { status, body } = await system.call('POST', `${contact}/notes`, { role: 'admin', body: { text } });
      expect(status).toBe(201);
      return String(body['noteId']);
    };
    const noteId = await note(`${canary} card number`);
    const neighbour = await note('Has a dog');

    expect(await system.running.stop()).toBe(0);
    const files = await keyFiles(directory.path);
    for (const file of files) await copyFile(join(directory.path, file), join(copy.path, file));
    system = await startSystem(directory.path);
    const contactId = String(made.body['contactId']);
    const redacted = await system.call('POST', '/v1/redactions', {
      role: 'admin',
      body: { kind: 'contact-note', contactId, noteId },
    });
    expect(redacted.status).toBe(201);
    const headers = { 'ledger-position': String(redacted.body['position']) };
    expect((await system.call('GET', contact, { role: 'admin', headers })).status).toBe(200);

    expect(await system.running.stop()).toBe(0);
    for (const file of await keyFiles(directory.path)) await rm(join(directory.path, file));
    for (const file of files) await copyFile(join(copy.path, file), join(directory.path, file));
    system = await startSystem(directory.path);
    const path = `/v1/events?reveal=true&reason=proof&stream=contact-${contactId}`;
    const replayed = await system.call('GET', path, { role: 'auditor' });
    expect(replayed.status).toBe(200);
    expect(String(replayed.body['text'])).not.toContain(canary);
    expect(String(replayed.body['text'])).toContain('Has a dog');
    const { body } = await system.call('GET', `${contact}/notes`, { role: 'admin' });
    const notes = body['items'] as readonly { readonly noteId: string; readonly text: string }[];
    expect(new Map(notes.map(({ noteId: id, text }) => [id, text]))).toEqual(
      new Map([
        [noteId, ''],
        [neighbour, 'Has a dog'],
      ]),
    );
    expect(filesWith(directory.path, [Buffer.from(canary)])).toEqual([]);
  }, 120_000);
});
