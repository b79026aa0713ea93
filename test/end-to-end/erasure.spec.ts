import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKeys, openModels } from '#adapters/ports';
import { contactEvents } from '#contacts/contact';
import { conversationEvents } from '#conversations/conversation';
import type { DomainEvent, EventDefinition, Field } from '#event-sourcing';
import { projections } from '#product';
import { eventually } from '../support/eventually.js';
import { filesWith } from '../support/files-with.js';
import { startSystem, temporaryDirectory } from '../support/system.js';
import type { System } from '../support/system.js';

const contacts = Number(process.env['CANARY_CONTACTS'] ?? 20);
const kills = Number(process.env['ERASURE_KILLS'] ?? 2);
/** Milliseconds that `each` of so many may take together, beside what any run may. */
const within = (each: number, count: number): number => 120_000 + each * count;
/** In every personal text of every contact; nothing else has it. */
const canary = 'Xylophonkanarie';

const seeded = (n: number) => ({
  name: `${canary} Name${n}`,
  phone: `+4930555${String(n).padStart(6, '0')}`,
  email: `${canary}.${n}@example.com`,
});

interface Victim {
  readonly contactId: string;
  readonly conversationId: string;
}

/** At some position of it, the contact's hint is that of its last change. */
type Settled = Pick<Victim, 'contactId'> & { readonly position: string };

/** Events of contacts and their conversations with personal fields. */
const personalDefinitions: readonly EventDefinition[] = [
  ...contactEvents.definitions,
  ...conversationEvents.definitions,
].filter(({ fields }) => Object.values(fields).some(({ subject }) => subject !== undefined));

const plain: Readonly<Record<Field['kind'], unknown>> = {
  id: 'some-id',
  code: 'custom',
  label: 'label',
  staff: 'Ann',
  hint: 'A••••',
  sealed: 'sealed',
  hash: '00000000000000000000000000000000',
  text: canary,
  instant: '2026-03-02T09:00:00.000Z',
  number: 1,
  boolean: false,
  json: canary,
};

/** An event of this type with canaries in all of its personal fields. */
function canaryEvent(
  { type, fields }: EventDefinition,
  { contactId, conversationId }: Victim,
  n: number,
): DomainEvent & { readonly stream: string } {
  const subjects = new Set(Object.values(fields).map(({ subject }) => subject));
  const data = Object.fromEntries(
    Object.entries(fields).map(([name, { kind, list, subject }]) => {
      const value =
        subject !== undefined
          ? `${canary} ${type}.${name} ${n}`
          : subjects.has(name) || name === 'contactId'
            ? contactId
            : name === 'conversationId'
              ? conversationId
              : plain[kind];
      return [name, list ? [value] : value];
    }),
  );
  return { type, data, stream: 'conversationId' in fields ? `conversation-${conversationId}` : `contact-${contactId}` };
}

/** Sixteen at a time; the answers are in the order of the items. */
async function concurrently<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items].entries();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const [index, item] of waiting) results[index] = await work(item);
    }),
  );
  return results;
}

describe('an erasure on the files of a standalone system', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let system: System;
  const victims: Victim[] = [];
  const killed: Settled[] = [];
  let settled: string;

  beforeAll(
    async () => {
      directory = await temporaryDirectory();
      system = await startSystem(directory.path, { LOG_LEVEL: 'info', RATE_LIMIT_PER_MINUTE: '1000000' });
      const channel = async (name: string) => {
        const made = await system.call('POST', '/v1/channels', { role: 'admin', body: { medium: 'custom', name } });
        return { channelId: String(made.body['channelId']), position: String(made.body['position']) };
      };
      const { channelId } = await channel('Shop');
      await system.call('POST', '/v1/attributes', {
        role: 'admin',
        body: { alias: 'mail', label: 'Mail', format: 'email' },
      });
      const made = await concurrently(Array.from({ length: contacts }).keys(), (n) => makeVictim(channelId, n));
      victims.push(...made);
      await appendTheRest();
      settled = (await channel('Made last')).position;
    },
    within(2_000, contacts),
  );

  afterAll(async () => {
    await system.running.kill();
    await directory.remove();
  });

  async function makeVictim(channelId: string, n: number): Promise<Victim> {
    const { name, phone, email } = seeded(n);
    const received = await eventually(async () => {
      const answer = await system.call('POST', `/v1/channels/${channelId}/inbound`, {
        role: 'service',
        body: {
          externalMessageId: `${canary}-message-${n}`,
          from: { externalUserId: phone, displayName: name },
          text: `${canary} wrote message ${n}`,
        },
      });
      expect(answer.status).toBe(201);
      return answer;
    });
    const contactId = String(received.body['contactId']);
    const conversationId = String(received.body['conversationId']);
    const put = (method: string, path: string, body: object) =>
      system.call(method, `/v1/contacts/${contactId}${path}`, { role: 'admin', body });
    const written = [
      await put('PUT', '/attributes/mail', { value: email }),
      await put('POST', '/notes', { text: `${canary} note ${n}` }),
      await system.call('POST', `/v1/conversations/${conversationId}/messages`, {
        role: 'agent',
        body: { text: `${canary} reply ${n}` },
      }),
    ];
    expect(written.filter(({ status }) => status >= 300)).toEqual([]);
    return { contactId, conversationId };
  }

  /** What the calls above do not write: no type of the catalogue is forgotten. */
  async function appendTheRest(): Promise<void> {
    const runtime = JSON.parse(await readFile(join(directory.path, 'runtime.json'), 'utf8')) as Record<string, string>;
    const { eventStoreUrl = '', mongoUrl = '', keyStoreUrl = '', masterKeyFile = '' } = runtime;
    const keys = await openKeys({ keyStoreUrl, masterKeys: { file: masterKeyFile } });
    const models = openModels({ eventStoreUrl, mongoUrl }, keys.ring);
    const written = new Set<string>();
    for await (const { type, data } of models.store.readAll()) {
      if (JSON.stringify(data).includes(canary)) written.add(type);
    }
    expect(written.size).toBeGreaterThan(4);
    const missing = personalDefinitions.filter(({ type }) => !written.has(type) && type !== 'ContactDeletionRequested');
    await concurrently(victims.entries(), async ([n, victim]) => {
      for (const definition of missing) {
        const { stream, type, data } = canaryEvent(definition, victim, n);
        const id = crypto.randomUUID();
        const header = { commandId: id, commandHash: id, correlationId: id, causationId: id };
        const actor = { id: 'ann', role: 'agent' } as const;
        const metadata = { ...header, actor, at: new Date().toISOString(), schemaVersion: definition.version };
        await models.store.append(stream, [{ id, type, data, metadata }], 'any');
      }
    });
    await models.close();
    await keys.close();
  }

  const filesWithAny = (needles: readonly Buffer[]): string[] => filesWith(directory.path, needles);

  /** Waits for the hint at `position` first: five outdated ones are the most that an admin may type in ten minutes. */
  const erase = async ({ contactId, position }: Settled): Promise<string> =>
    eventually(async () => {
      const { status, body } = await system.call('GET', `/v1/contacts/${contactId}`, {
        role: 'admin',
        headers: { 'ledger-position': position },
      });
      expect({ status, body }).toMatchObject({ status: 200 });
      const asked = await system.call('DELETE', `/v1/contacts/${contactId}`, {
        role: 'admin',
        body: { hint: body['hint'], note: `${canary} asked us` },
        headers: { 'idempotency-key': `erase-${contactId}` },
      });
      expect(asked).toMatchObject({ status: 202 });
      return String(asked.body['erasureId']);
    }, 120);

  async function untilRemoved(erasureIds: readonly string[]): Promise<void> {
    for (const erasureId of erasureIds) {
      await eventually(async () => {
        const { body } = await system.call('GET', `/v1/erasures/${erasureId}`, { role: 'auditor' });
        expect(body).toMatchObject({ state: 'removed' });
      }, 120 + contacts);
    }
  }

  /** The lines of a replay that reveals what is personal. */
  async function replay(query: string): Promise<string> {
    const path = `/v1/events?reveal=true&reason=proof&${query}`;
    const { status, body } = await system.call('GET', path, { role: 'auditor' });
    expect(status).toBe(200);
    return String(body['text']);
  }

  async function auditEntriesOf(contactId: string): Promise<object[]> {
    const entries: { readonly contactIds: readonly string[] }[] = [];
    let next: string | undefined = '/v1/audit/deleted-contacts?limit=200';
    while (next !== undefined) {
      const { body } = await system.call('GET', next, { role: 'auditor' });
      entries.push(...(body['items'] as typeof entries));
      const cursor = body['nextCursor'] as string | undefined;
      next = cursor && `/v1/audit/deleted-contacts?limit=200&cursor=${cursor}`;
    }
    return entries.filter(({ contactIds }) => contactIds.includes(contactId));
  }

  it(
    'S6: leaves no byte of what a person was, and nothing that a guess could be compared with',
    async () => {
      const folded = [Buffer.from(canary), Buffer.from(canary.toLowerCase())];
      // It is there before: in the read models at least.
      expect(filesWithAny(folded)).not.toEqual([]);
      const erasures = await concurrently(victims.values(), ({ contactId }) => erase({ contactId, position: settled }));
      await untilRemoved(erasures);
      expect(filesWithAny(folded)).toEqual([]);

      const guesses = victims.flatMap((_victim, n) => {
        const { phone, email } = seeded(n);
        return [phone, phone.slice(1), email, email.toLowerCase()];
      });
      const digests = guesses.flatMap((guess) =>
        ['md5', 'sha1', 'sha256', 'sha512'].map((algorithm) => createHash(algorithm).update(guess).digest()),
      );
      const traces = digests.flatMap((digest) => [
        digest,
        Buffer.from(digest.toString('hex')),
        Buffer.from(digest.toString('base64').replace(/=+$/, '')),
        Buffer.from(digest.toString('base64url')),
      ]);
      expect(filesWithAny([...traces, ...guesses.map((guess) => Buffer.from(guess))])).toEqual([]);
      const audit = await system.call('GET', '/v1/audit/deleted-contacts/verify', { role: 'auditor' });
      expect(audit.body).toMatchObject({ ok: true, entries: contacts });
    },
    within(4_000, contacts),
  );

  it('DEL-8: a redacted note leaves no byte in any file either', async () => {
    const made = await system.call('POST', '/v1/contacts', { role: 'admin', body: { name: 'Ann Lee' } });
    const contactId = String(made.body['contactId']);
    const notes = `/v1/contacts/${contactId}/notes`;
    const note = await system.call('POST', notes, { role: 'admin', body: { text: `${canary} card number` } });
    const noteId = String(note.body['noteId']);
    const headers = { 'ledger-position': String(note.body['position']) };
    expect((await system.call('GET', `/v1/contacts/${contactId}`, { role: 'admin', headers })).status).toBe(200);
    expect(filesWithAny([Buffer.from(canary)])).not.toEqual([]);
    const body = { kind: 'contact-note', contactId, noteId };
    expect((await system.call('POST', '/v1/redactions', { role: 'admin', body })).status).toBe(201);
    await eventually(() => {
      expect(filesWithAny([Buffer.from(canary), Buffer.from(canary.toLowerCase())])).toEqual([]);
      return Promise.resolve();
    });
  }, 60_000);

  it(
    'DEL-6: a kill -9 at any moment changes nothing: erased, with one entry',
    async () => {
      for (let kill = 0; kill < kills; kill++) {
        const made = await eventually(async () => {
          const answer = await system.call('POST', '/v1/contacts', {
            role: 'admin',
            body: { name: `${canary} Killed${kill}` },
          });
          expect(answer.status).toBe(201);
          return answer;
        });
        const contactId = String(made.body['contactId']);
        const settledAt = { contactId, position: String(made.body['position']) };
        killed.push(settledAt);
        const erasureId = await erase(settledAt);
        await sleep(Math.random() * 400);
        await system.running.kill();
        system = await startSystem(directory.path, { LOG_LEVEL: 'info', RATE_LIMIT_PER_MINUTE: '1000000' });
        await untilRemoved([erasureId]);
        expect(await auditEntriesOf(contactId)).toHaveLength(1);
        expect(filesWithAny([Buffer.from(canary), Buffer.from(canary.toLowerCase())])).toEqual([]);
      }
      const audit = await system.call('GET', '/v1/audit/deleted-contacts/verify', { role: 'auditor' });
      expect(audit.body).toMatchObject({ ok: true, entries: contacts + kills });
    },
    within(30_000, kills),
  );

  it(
    'DEL-6: a rebuild, an as-of query and a replay bring nothing back',
    async () => {
      for (const { name } of projections) {
        const asked = await system.call('POST', '/v1/rebuilds', { role: 'admin', body: { model: name } });
        expect(asked.status).toBe(202);
      }
      await eventually(async () => {
        const { body } = await system.call('GET', '/v1/rebuilds', { role: 'admin' });
        const states = (body['items'] as readonly { state: string }[]).map(({ state }) => state);
        expect(states).toEqual(projections.map(() => 'done'));
      }, 60 + contacts);
      const told: string[] = [];
      for (const { contactId, position } of killed) {
        for (const query of ['', `?asOf=${position}`]) {
          await eventually(async () => {
            const answer = await system.call('GET', `/v1/contacts/${contactId}${query}`, { role: 'admin' });
            told.push(JSON.stringify(answer.body));
            expect({ query, ...answer }).toMatchObject({
              query,
              status: 410,
              body: { type: '/problems/contact-deleted' },
            });
          });
        }
        const replayed = await replay(`stream=contact-${contactId}`);
        expect(replayed).not.toContain('ContactRenamed');
      }
      expect(told.filter((text) => text.includes(canary))).toEqual([]);
      const replayed = await replay('');
      expect(replayed).toContain('"ContactDeleted"');
      // What the admin noted about the deletion stays, under a key of its own (DEL-1).
      const withoutNotes = replayed.replaceAll(`${canary} asked us`, '').toLowerCase();
      expect(withoutNotes.includes(canary.toLowerCase())).toBe(false);
      expect(filesWithAny([Buffer.from(canary), Buffer.from(canary.toLowerCase())])).toEqual([]);
    },
    within(1_000, contacts + kills),
  );
});
