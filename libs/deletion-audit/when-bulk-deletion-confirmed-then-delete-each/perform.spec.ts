import { beforeEach, describe, expect, it } from '@jest/globals';
import { joinContacts } from '#contacts/contact';
import { contactsProjection } from '#contacts/contact-view';
import { createCommandRunner, readInMemory, StoreUnavailable } from '#event-sourcing';
import type { EventStore, KeyRing } from '#event-sourcing';
import {
  collect,
  createInMemoryEventStore,
  createTestKeyRing,
  emptyLog,
  noKeptKeys,
  nothingToScavenge,
  projectedDocuments,
  settleWorkflow,
  withFaults,
} from '#event-sourcing-testing';
import type { InMemoryKeys, InMemoryLog } from '#event-sourcing-testing';
import { message, originOf, processWith } from '../../conversations/inbound/inbound.fixtures.js';
import { receiveInbound } from '../../conversations/inbound/receive.js';
import { bulkDeletionDecider, bulkDeletionStream } from '../bulk-deletion/index.js';
import { catalogue, clock, ids, sha256 } from '../contact-erasure/contact-erasure.fixtures.js';
import { contactErasure } from '../contact-erasure/index.js';
import { bulkDeletion } from './index.js';

const long = '2026-03-03T00:00:00.000Z';

let log: InMemoryLog;
let keys: KeyRing;
let store: EventStore;

function openStores(from: Partial<InMemoryLog> = {}, kept: InMemoryKeys = noKeptKeys()): void {
  log = { ...emptyLog(), ...from };
  keys = createTestKeyRing(kept);
  store = createInMemoryEventStore({ catalogue, clock, log, keys });
}

beforeEach(() => {
  openStores();
});

const documents = async () =>
  [...projectedDocuments(contactsProjection, await collect(store.readAll()))].map(([_id, body]) => ({
    ...body,
    _id,
    _at: 0,
  }));

async function startProcess(on: EventStore = store) {
  const conversations = processWith(createCommandRunner({ store: on, catalogue, ids, clock }), ids);
  const shown = await documents();
  const at = () => Promise.resolve(0);
  const models = readInMemory(() => shown, { position: at, waitFor: at });
  return { ...conversations, store: on, clock, models, sha256, keys, scavenger: nothingToScavenge };
}

async function contactOf(name: string): Promise<string> {
  const inbound = message(`from ${name}`, { from: { externalUserId: name }, sentAt: undefined });
  const received = await receiveInbound(await startProcess(), originOf(`inbound ${name}`), inbound);
  if (!('contactId' in received)) throw new Error(JSON.stringify(received));
  return received.contactId;
}

async function merge(contactId: string, secondaryId: string): Promise<void> {
  const wanted = { contactId, secondaryId, winners: [], access: 'all' } as const;
  const merged = await joinContacts(await startProcess(), originOf(`merge ${secondaryId}`), wanted);
  if (!merged.accepted) throw new Error(merged.refusal.code);
}

async function confirm(contactIds: readonly string[], inactiveSince?: string): Promise<void> {
  const contacts = contactIds.map((contactId) => ({ contactId, mergedIds: [] }));
  const { header } = originOf('confirm', { actor: 'adam' });
  const shown = { count: contacts.length, shown: 'f', fingerprint: 'f' };
  const terms = {
    jobId: 'j',
    contacts,
    ...shown,
    reason: 'legal',
    reasons: ['legal'],
    adminName: 'Adam',
    inactiveSince,
  };
  const command = { ...header, type: 'ConfirmBulkDeletion', ...terms } as const;
  await (await startProcess()).runner.run(bulkDeletionDecider, bulkDeletionStream('j'), command);
}

/** What became of each contact, in order. */
async function outcomes(): Promise<readonly (readonly [string, string])[]> {
  const events = await collect(store.readStream(bulkDeletionStream('j')));
  return events.slice(2).map(({ type, data }) => {
    const { contactId, because = type } = data as { contactId: string; because?: string };
    return [contactId, because];
  });
}

const deleted = 'SelectedContactDeleted';

describe('each contact of a bulk deletion', () => {
  it('DEL-7: is deleted as the admin who confirmed it, with an audit entry of its own', async () => {
    const contactIds = [await contactOf('ann'), await contactOf('bob')];
    await confirm(contactIds);
    const process = await startProcess();
    await settleWorkflow(bulkDeletion, process);
    await settleWorkflow(contactErasure, process);
    expect(await outcomes()).toStrictEqual(contactIds.map((contactId) => [contactId, deleted]));
    const entries = (await collect(store.readStream('deleted-contacts'))).filter(
      ({ type }) => type === 'ContactDeleted',
    );
    expect(entries.map(({ data }) => data)).toMatchObject(
      contactIds.map((contactId) => ({ contactIds: [contactId], adminId: 'adam', adminName: 'Adam', reason: 'legal' })),
    );
  });

  it('DEL-7: is left alone when it was merged, or another one was merged into it, since it was shown', async () => {
    const [ann, bob, cy, di] = [
      await contactOf('ann'),
      await contactOf('bob'),
      await contactOf('cy'),
      await contactOf('di'),
    ];
    await confirm([ann, bob]);
    await merge(ann, cy);
    await merge(di, bob);
    await settleWorkflow(bulkDeletion, await startProcess());
    expect(await outcomes()).toStrictEqual([
      [ann, 'merged'],
      [bob, 'merged'],
    ]);
  });

  it('DEL-7: by retention is left alone when it has written since', async () => {
    const [ann, none] = [await contactOf('ann'), 'nobody'];
    await confirm([ann, none], long);
    await settleWorkflow(bulkDeletion, await startProcess());
    expect(await outcomes()).toStrictEqual([
      [ann, 'active'],
      [none, 'gone'],
    ]);
  });

  it.each([false, true])(
    'DEL-7: is deleted once and told as deleted, at whichever call of the store the process dies (erased meanwhile: %j)',
    async (erasedMeanwhile) => {
      const kept = noKeptKeys();
      openStores({}, kept);
      const contactIds = [await contactOf('ann'), await contactOf('bob')];
      await confirm(contactIds);
      const { events, streams, position } = log;
      for (let number = 0, met = true; met; number++) {
        met = false;
        openStores(structuredClone({ events, streams, position }), { kept: new Map(kept.kept) });
        const faulty = withFaults(store, (call) => {
          met ||= call.number === number;
          if (call.number !== number) return undefined;
          return number % 2 === 0 ? 'error-after' : 'error-before';
        });
        await settleWorkflow(bulkDeletion, await startProcess(faulty)).catch((fault: unknown) => {
          expect(fault).toBeInstanceOf(StoreUnavailable);
        });
        if (erasedMeanwhile) await settleWorkflow(contactErasure, await startProcess());
        await settleWorkflow(bulkDeletion, await startProcess());
        await settleWorkflow(contactErasure, await startProcess());
        expect(await outcomes()).toStrictEqual(contactIds.map((contactId) => [contactId, deleted]));
        const entries = await collect(store.readStream('deleted-contacts'));
        expect(entries.filter(({ type }) => type === 'ContactDeleted')).toHaveLength(2);
      }
    },
  );
});
