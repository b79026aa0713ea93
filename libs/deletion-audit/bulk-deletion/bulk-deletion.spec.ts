import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsProjection } from '#contacts/contact-view';
import { readInMemory } from '#event-sourcing';
import {
  commandHeader,
  createTestIds,
  projectedDocuments,
  recordEvents,
  scenariosOf,
  testDeciderProperties,
  testGoldenEvents,
} from '#event-sourcing-testing';
import type { RecordedAs } from '#event-sourcing-testing';
import type { BulkDeletionCommand, CancelBulkDeletion, ConfirmBulkDeletion, SettleContact } from './commands.js';
import { bulkDeletionDecider } from './decide.js';
import { bulkDeletionEvents } from './events.js';
import type { BulkDeletionEvent } from './events.js';
import { selectContacts } from './select.js';
import type { Selection } from './select.js';

const { given } = scenariosOf(bulkDeletionDecider);
const header = commandHeader({ actor: { id: 'adam', role: 'admin' }, at: '2026-03-02T10:00:00.000Z' });

const confirm = (
  contactIds: readonly string[],
  changed: Partial<Pick<ConfirmBulkDeletion, 'contacts' | 'count' | 'shown'>> = {},
): ConfirmBulkDeletion => ({
  ...header,
  type: 'ConfirmBulkDeletion',
  jobId: 'j',
  contacts: contactIds.map((contactId) => ({ contactId, mergedIds: [] })),
  fingerprint: 'f',
  count: contactIds.length,
  shown: 'f',
  ...changed,
  reason: 'legal',
  reasons: ['legal'],
  adminName: 'Adam',
  inactiveSince: undefined,
});
const settle = (contactId: string, outcome: SettleContact['outcome']): SettleContact => ({
  ...header,
  type: 'SettleContact',
  jobId: 'j',
  part: 0,
  contactId,
  outcome,
});
const cancel: CancelBulkDeletion = { ...header, type: 'CancelBulkDeletion', jobId: 'j' };

const confirmed = (count: number, parts = 1): BulkDeletionEvent => ({
  type: 'BulkDeletionConfirmed',
  data: { jobId: 'j', count, parts, reason: 'legal' },
});
const selected = (
  part: number,
  contactIds: readonly string[],
  mergedIds: readonly string[] = [],
): BulkDeletionEvent => ({
  type: 'ContactsSelectedForDeletion',
  data: { jobId: 'j', part, contactIds, mergedIds, reason: 'legal', adminId: 'adam', adminName: 'Adam' },
});
const deleted = (contactId: string): BulkDeletionEvent => ({
  type: 'SelectedContactDeleted',
  data: { jobId: 'j', part: 0, contactId },
});

describe('a bulk deletion', () => {
  it('DEL-7: is confirmed by the number of contacts, and by no other number', () => {
    given([])
      .when(confirm(['a', 'b']))
      .then([confirmed(2), selected(0, ['a', 'b'])]);
    given([])
      .when(confirm(['a', 'b'], { count: 3 }))
      .then({ code: 'count-changed', count: 2 });
  });

  it('DEL-7: is refused for other contacts than were shown, though as many', () => {
    given([])
      .when(confirm(['a', 'b'], { shown: 'another' }))
      .then({ code: 'selection-changed' });
  });

  it('DEL-1: needs a reason from the list', () => {
    given([])
      .when({ ...confirm(['a']), reason: 'because' })
      .then({ code: 'unknown-reason', reason: 'because' });
  });

  it('DEL-7: names whoever goes along because of a merge', () => {
    const contacts = [
      { contactId: 'a', mergedIds: ['x', 'y'] },
      { contactId: 'b', mergedIds: [] },
    ];
    given([])
      .when(confirm(['a', 'b'], { contacts }))
      .then([confirmed(2), selected(0, ['a', 'b'], ['x', 'y'])]);
  });

  it('DEL-7: names its contacts in parts of a hundred', () => {
    const ids = Array.from({ length: 101 }, (_, n) => `c${n}`);
    given([])
      .when(confirm(ids))
      .then([confirmed(101, 2), selected(0, ids.slice(0, 100)), selected(1, ['c100'])]);
  });

  it('DEL-7: takes ten thousand contacts and no more, merged ones counted', () => {
    const ids = Array.from({ length: 10_001 }, (_, n) => `c${n}`);
    given([]).when(confirm(ids)).then({ code: 'too-many-contacts', count: 10_001, most: 10_000 });
    const contacts = [{ contactId: 'a', mergedIds: ids }];
    given([])
      .when(confirm(['a'], { contacts }))
      .then({ code: 'too-many-contacts', count: 10_002, most: 10_000 });
  });

  it('DEL-7: settles each contact once, whatever comes of it', () => {
    const running = [confirmed(2), selected(0, ['a', 'b'])];
    given(running)
      .when(settle('a', 'deleted'))
      .then([deleted('a')]);
    given([...running, deleted('a')])
      .when(settle('a', 'gone'))
      .then([]);
    const kept = {
      type: 'SelectedContactKept',
      data: { jobId: 'j', part: 0, contactId: 'b', because: 'active' },
    } as const;
    given(running).when(settle('b', 'active')).then([kept]);
  });

  it('DEL-7: is cancelled while somebody is left, once, and not when it is over', () => {
    const cancelled = { type: 'BulkDeletionCancelled', data: { jobId: 'j', parts: 1 } } as const;
    given([confirmed(2), deleted('a')])
      .when(cancel)
      .then([cancelled]);
    given([confirmed(2), cancelled])
      .when(cancel)
      .then([]);
    given([confirmed(1), deleted('a')])
      .when(cancel)
      .then({ code: 'job-over' });
    given([]).when(cancel).then({ code: 'unknown-job' });
  });
});

describe('a selection', () => {
  type Event = Parameters<typeof recordEvents>[0][number];
  const at = (day: string, contactId: string): RecordedAs => ({ stream: `s-${contactId}`, at: `${day}T00:00:00.000Z` });
  const created = (contactId: string, day: string): Event => [
    { type: 'ContactCreated', data: { contactId, createdBy: 'x' } },
    at(day, contactId),
  ];
  const talk = (type: string, contactId: string, day: string): Event => [
    { type, data: { contactId, conversationId: `${contactId}.1`, channelId: 'c1' } },
    at(day, contactId),
  ];
  const log = recordEvents([
    created('never', '2026-01-01'),
    created('new', '2026-02-20'),
    created('long-ago', '2025-01-01'),
    talk('ConversationOpened', 'long-ago', '2026-01-01'),
    talk('ConversationClosed', 'long-ago', '2026-01-10'),
    created('open', '2025-01-01'),
    talk('ConversationOpened', 'open', '2025-01-01'),
    [{ type: 'VipMarked', data: { contactId: 'open', source: 'agent' } }, at('2025-01-02', 'open')],
    created('merged', '2025-01-01'),
    talk('ConversationOpened', 'merged', '2026-01-20'),
    talk('ConversationClosed', 'merged', '2026-01-21'),
    [
      { type: 'ContactHandedOver', data: { contactId: 'merged', mergeId: 'm', primaryId: 'primary', winners: [] } },
      at('2026-01-22', 'merged'),
    ],
    created('primary', '2025-01-01'),
    [
      {
        type: 'ContactsMerged',
        data: {
          contactId: 'primary',
          mergeId: 'm',
          secondaryId: 'merged',
          contactIds: ['merged'],
          values: [],
          bringsVip: false,
        },
      },
      at('2026-01-22', 'primary'),
    ],
  ]);
  const documents = [...projectedDocuments(contactsProjection, log)].map(([_id, body]) => ({ ...body, _id, _at: 0 }));
  const here = () => Promise.resolve(0);
  const models = readInMemory(() => documents, { position: here, waitFor: here });
  const ids = createTestIds();
  const select = (selection: Selection) => selectContacts({ models, ids }, selection);
  const found = async (selection: Selection) => (await select(selection)).contacts.map(({ contactId }) => contactId);

  it('DEL-7: by retention finds who had no conversation since, none open, and a new contact never', async () => {
    const since = (day: string) => found({ by: 'inactivity', inactiveSince: `${day}T00:00:00.000Z` });
    expect(await since('2026-02-01')).toStrictEqual(['long-ago', 'never', 'primary']);
    expect(await since('2026-01-05')).toStrictEqual(['never']);
  });

  it('DEL-7: judges a contact with all that was merged into it, and never the merged one by itself', async () => {
    expect(await found({ by: 'inactivity', inactiveSince: '2026-01-15T00:00:00.000Z' })).not.toContain('primary');
    const { contacts } = await select({ by: 'inactivity', inactiveSince: '2026-02-01T00:00:00.000Z' });
    expect(contacts.find(({ contactId }) => contactId === 'primary')).toStrictEqual({
      contactId: 'primary',
      mergedIds: ['merged'],
    });
  });

  it('DEL-7: by condition finds whom a group of that condition would have, with a sample', async () => {
    const condition = { field: 'vip', operator: 'is', value: true } as const;
    const circumstances = { day: '2026-03-02', vipEnabled: true };
    const { contacts, sample } = await select({ by: 'condition', condition, circumstances });
    expect(contacts).toStrictEqual([{ contactId: 'open', mergedIds: [] }]);
    expect(sample).toMatchObject([{ contactId: 'open', name: null, hint: '••••', quietSince: null }]);
  });

  it('DEL-7: has a fingerprint of its own', async () => {
    const of = async (day: string) =>
      (await select({ by: 'inactivity', inactiveSince: `${day}T00:00:00.000Z` })).fingerprint;
    expect(await of('2026-02-01')).toBe(await of('2026-02-02'));
    expect(await of('2026-02-01')).not.toBe(await of('2026-01-05'));
  });
});

describe('the decider', () => {
  const ids = fc.constantFrom('a', 'b', 'c');
  const commands: fc.Arbitrary<BulkDeletionCommand> = fc.oneof(
    fc.tuple(fc.uniqueArray(ids), fc.constantFrom('f', 'g')).map(([found, shown]) => confirm(found, { shown })),
    fc.tuple(ids, fc.constantFrom('deleted' as const, 'gone' as const)).map(([id, outcome]) => settle(id, outcome)),
    fc.constant(cancel),
  );
  testDeciderProperties({ decider: bulkDeletionDecider, definitions: bulkDeletionEvents.definitions, commands });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, bulkDeletionEvents.definitions);
});
