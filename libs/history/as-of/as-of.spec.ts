import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsEvents, contactsProjections } from '#contacts';
import { contactStream, joinContacts } from '#contacts/contact';
import { conversationsEvents, conversationsProjections } from '#conversations';
import { createCatalogue, createCommandRunner, kernelEvents } from '#event-sourcing';
import type { Clock, EventStore, RecordedEvent } from '#event-sourcing';
import {
  collect,
  createInMemoryEventStore,
  createTestIds,
  fixedClock,
  projectedDocuments,
  recordEvents,
} from '#event-sourcing-testing';
import { contactDecider } from '../../contacts/contact/decide.js';
import type { ContactEvent } from '../../contacts/contact/index.js';
import type { ContactState } from '../../contacts/contact/state.js';
import { touch } from '../../conversations/conversation/touch.js';
import { message, originOf, processWith } from '../../conversations/inbound/inbound.fixtures.js';
import { receiveInbound } from '../../conversations/inbound/receive.js';
import { contactHistory, modelsAsOf } from './index.js';
import { happenedBy } from './moment.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents]);
const projections = [...contactsProjections, ...conversationsProjections];
const people = ['jane', 'kofi'] as const;

const steps = fc.record({
  person: fc.constantFrom(...people),
  what: fc.constantFrom('write', 'rename', 'mark', 'note', 'discuss', 'close'),
});

interface Seen {
  readonly position: number;
  readonly states: ReadonlyMap<string, ContactState>;
  readonly documents: readonly object[];
}

/** Lets people and colleagues do these things, and notes after each what deciders and models had. */
async function live(store: EventStore, clock: Clock, day: readonly { person: string; what: string }[]) {
  const ids = createTestIds('store');
  const runner = createCommandRunner({ store, catalogue, ids, clock });
  const ports = processWith(runner, ids);
  const contacts = new Map<string, { contactId: string; conversationId: string }>();
  const seen: Seen[] = [];
  for (const [n, { person, what }] of [...people.map((who) => ({ person: who, what: 'write' })), ...day].entries()) {
    const { contactId = '', conversationId = '' } = contacts.get(person) ?? {};
    const origin = originOf(`command ${n}`, { actor: 'ann' });
    const own = { ...origin.header, contactId, access: 'all' } as const;
    const onContact = { rename: { type: 'RenameContact', name: `Name ${n}` }, mark: { type: 'MarkVip' } } as const;
    if (what === 'write') {
      const from = { externalUserId: person, displayName: `${person} ${n}` };
      const result = await receiveInbound(ports, originOf(`inbound ${n}`), message(`m${n}`, { from }));
      if ('kind' in result && result.kind === 'received') contacts.set(person, result);
    } else if (what === 'rename') {
      await runner.run(contactDecider, contactStream(contactId), { ...own, ...onContact.rename });
    } else if (what === 'mark') {
      const command = { ...own, ...onContact.mark, vipEnabled: true, source: 'agent' } as const;
      await runner.run(contactDecider, contactStream(contactId), command);
    } else if (what === 'note') {
      const command = { ...own, type: 'AddContactNote', noteId: `note ${n}`, text: `Text ${n}` } as const;
      await runner.run(contactDecider, contactStream(contactId), command);
    } else if (what === 'merge') {
      const other = contacts.get(people.find((who) => who !== person) ?? '');
      if (!other || other.contactId === contactId) continue;
      const wanted = { contactId, secondaryId: other.contactId, winners: [], access: 'all' } as const;
      await joinContacts(ports, origin, wanted);
    } else {
      await touch(ports, origin, conversationId, ({ access }) => {
        const rules = { mode: 'off', categoryIds: new Set<string>() } as const;
        if (what === 'close') return { ...origin.header, type: 'Close', access, rules };
        return {
          ...origin.header,
          type: 'AddInternalNote',
          access,
          noteId: `internal ${n}`,
          text: 'Call back',
          mentions: [],
        };
      });
    }
    seen.push(await now(store, runner, [...contacts.values()]));
  }
  return { contacts, seen };
}

async function now(
  store: EventStore,
  runner: ReturnType<typeof createCommandRunner>,
  contacts: readonly { contactId: string }[],
): Promise<Seen> {
  const log = await collect(store.readAll());
  const states = new Map<string, ContactState>();
  for (const { contactId } of contacts) {
    states.set(contactId, (await runner.load(contactDecider, contactStream(contactId), { fresh: true })).state);
  }
  const documents = projections.flatMap((projection) =>
    [...projectedDocuments(projection, log)].map(([id, body]) => ({ model: projection.name, id, body })),
  );
  return { position: log.at(-1)?.position ?? 0, states, documents };
}

/** Everything that the models hold about a contact at a position, made from its own history. */
async function documentsAsOf(history: readonly RecordedEvent[], seen: Seen, contactId: string): Promise<object[]> {
  const { models } = modelsAsOf(projections, history, { position: seen.position });
  const found: object[] = [];
  for (const { name } of projections) {
    for (const document of await models.page(name, { where: {}, sort: {}, limit: Infinity })) {
      const { _id: id, _at, ...body } = document;
      expect(_at).toBeLessThanOrEqual(seen.position);
      found.push({ model: name, id, body });
    }
  }
  return found.filter((document) => isAbout(document, contactId));
}

const isAbout = (document: object, contactId: string): boolean => JSON.stringify(document).includes(contactId);
const inOrder = (documents: readonly object[]): string[] => documents.map((each) => JSON.stringify(each)).toSorted();

describe('a contact as of a position', () => {
  it('HIS-2: at any of its past positions is what its decider and its read models had there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (day) => {
        const clock = fixedClock();
        const store = createInMemoryEventStore({ catalogue, clock });
        const { contacts, seen } = await live(store, clock, day);
        for (const { contactId } of contacts.values()) {
          const history = await contactHistory(store, contactId, { deliveries: true });
          for (const moment of seen) {
            const known = moment.documents.filter((document) => isAbout(document, contactId));
            expect(inOrder(await documentsAsOf(history, moment, contactId))).toStrictEqual(inOrder(known));
            const own = happenedBy(history, moment).filter(({ stream }) => stream === contactStream(contactId));
            const state = own.reduce(
              (before, event) => contactDecider.evolve(before, event as unknown as ContactEvent),
              contactDecider.initial,
            );
            expect(state).toStrictEqual(moment.states.get(contactId) ?? contactDecider.initial);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('HIS-2: is what its decider had there over merges too', async () => {
    const deed = fc.constantFrom('merge', 'rename', 'note', 'mark', 'write');
    const day = fc.array(fc.record({ person: fc.constantFrom(...people), what: deed }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(day, fc.constantFrom(...people), async (before, person) => {
        const clock = fixedClock();
        const store = createInMemoryEventStore({ catalogue, clock });
        const { contacts, seen } = await live(store, clock, [...before, { person, what: 'merge' }]);
        const phases = [...(seen.at(-1)?.states.values() ?? [])].map(({ phase }) => phase);
        expect(phases.toSorted()).toStrictEqual(['known', 'merged']);
        for (const { contactId } of contacts.values()) {
          const history = await contactHistory(store, contactId, { deliveries: true });
          for (const moment of seen) {
            const own = happenedBy(history, moment).filter(({ stream }) => stream === contactStream(contactId));
            const state = own.reduce(
              (earlier, event) => contactDecider.evolve(earlier, event as unknown as ContactEvent),
              contactDecider.initial,
            );
            expect(state).toStrictEqual(moment.states.get(contactId) ?? contactDecider.initial);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('HIS-2: holds the whole chain of conversations, however long', async () => {
    const clock = fixedClock();
    const store = createInMemoryEventStore({ catalogue, clock });
    const day = Array.from({ length: 11 }, () => ['close', 'write']).flat();
    const { contacts, seen } = await live(
      store,
      clock,
      day.map((what) => ({ person: 'jane', what })),
    );
    const contactId = contacts.get('jane')?.contactId ?? '';
    const { models } = modelsAsOf(
      projections,
      await contactHistory(store, contactId, { deliveries: true }),
      seen.at(-1) ?? { position: 0 },
    );
    expect(await models.count('conversations', { contactId })).toBe(12);
  });

  it('DEL-6: has nothing left to be made from when it is erased', async () => {
    const clock = fixedClock();
    const store = createInMemoryEventStore({ catalogue, clock });
    const { contacts } = await live(store, clock, []);
    const { contactId = '', conversationId = '' } = contacts.get('jane') ?? {};
    await store.tombstone(`conversation-${conversationId}`, 'any');
    await store.tombstone(contactStream(contactId), 'any');
    expect(await contactHistory(store, contactId, { deliveries: true })).toStrictEqual([]);
  });
});

describe('a time', () => {
  const written = ['09:00', '09:02', '09:01', '09:03'].map((minute) => `2026-03-02T${minute}:00.000Z`);
  const events = recordEvents(written.map((at, n) => [{ type: 'E', data: { n } }, { at }] as const));
  const by = (minute: string) => happenedBy(events, { time: `2026-03-02T${minute}.000Z` }).length;

  it('HIS-2: is that of the last event before the first one that is dated later', () => {
    expect(by('08:59:59')).toBe(0);
    expect(by('09:00:00')).toBe(1);
    expect(by('09:03:00')).toBe(4);
  });

  it('HIS-2: goes by a running maximum: what was written after the clock went back is not before what was', () => {
    expect(by('09:01:30')).toBe(1);
    expect(by('09:02:00')).toBe(3);
  });
});
