import { describe, expect, it } from '@jest/globals';
import { contactsEvents } from '#contacts';
import { createCatalogue, createCommandRunner, kernelEvents, readInMemory, StoreUnavailable } from '#event-sourcing';
import type { EventStore, Recorded } from '#event-sourcing';
import {
  collect,
  commandHeader,
  createInMemoryEventStore,
  createTestIds,
  fixedClock,
  recordEvents,
  withFaults,
} from '#event-sourcing-testing';
import type { InjectedFault } from '#event-sourcing-testing';
import { conversationsEvents } from '../index.js';
import { openedBy, rankingOf } from '../queue/next-order.fixtures.js';
import { queueProjectionOf } from '../queue/index.js';
import { rankFurther } from './perform.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { RankTheOpenEvent } from './todo.js';
import { rankTheOpen } from './workflow.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents]);
const clock = fixedClock();
const ids = createTestIds('store');
/** More than one event ranks. */
const open = 700;

const scoreAdded: RankTheOpenEvent = {
  type: 'PriorityScoreAdded',
  data: { scoreId: 's', points: 5, channelId: 'shop' },
};

async function storeWithChange(): Promise<EventStore> {
  const store = createInMemoryEventStore({ catalogue, clock });
  const opened = Array.from({ length: open }, (_, i) => openedBy(`c${i}`));
  const events = recordEvents([...opened, scoreAdded]).map(({ type, data, metadata, position }) => ({
    id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
    type,
    data,
    metadata,
  }));
  await store.append('priority-scores', events, 'any');
  return store;
}

/** What the workflow does, in a process that sees the model of all that has happened. */
async function work(store: EventStore, mostAtOnce: number, through = store): Promise<void> {
  const runner = createCommandRunner({ store: through, catalogue, ids, clock });
  for (;;) {
    const events = await collect(store.readAll());
    const state = events.filter(({ type }) =>
      rankTheOpen.on.has(type as RankTheOpenEvent['type']),
    ) as readonly Recorded<RankTheOpenEvent>[];
    const [todo] = react(state.reduce(evolve, initial));
    if (!todo) return;
    const ranking = { ...rankingOf(queueProjectionOf(mostAtOnce), events), _id: 'ranking', _at: 0 };
    const here = Promise.resolve(events.at(-1)?.position ?? 0);
    const models = readInMemory((model) => (model === 'queue.side' ? [ranking] : []), {
      position: () => here,
      waitFor: () => here,
    });
    const header = commandHeader({
      commandId: ids.derivedUuid('test', todo.id),
      actor: { id: rankTheOpen.name, role: 'workflow' },
    });
    if ((await rankFurther({ runner, models }, todo, { header })) === todo.since) return;
  }
}

async function done(store: EventStore): Promise<readonly unknown[]> {
  const events = await collect(store.readAll());
  return events.filter(({ stream }) => stream.startsWith('ranking-')).map(({ type, data }) => [type, data]);
}

/** The id of the change in the log. */
async function changeIn(store: EventStore): Promise<string> {
  return (await collect(store.readAll())).find(({ type }) => type === scoreAdded.type)?.id ?? '';
}

describe('when the ranking changes, then the open ones are ranked', () => {
  it('ASG-9: part by part, and the order takes effect after the last', async () => {
    const store = await storeWithChange();
    await work(store, 100);
    const version = await changeIn(store);
    expect(await done(store)).toStrictEqual([
      ['OpenConversationsRanked', { version, from: 0, to: 182 }],
      ['OpenConversationsRanked', { version, from: 182, to: 256 }],
      ['QueueRankingTookEffect', { version }],
    ]);
  });

  it('ASG-9: not when the model could do it at once', async () => {
    const store = await storeWithChange();
    await work(store, 1_000);
    expect(await done(store)).toStrictEqual([]);
  });

  it('ASG-9: goes on after a crash at whichever step, and does nothing twice', async () => {
    const whole = await storeWithChange();
    await work(whole, 100);
    for (const step of [0, 1, 2]) {
      for (const fault of ['error-before', 'error-after'] as const satisfies InjectedFault[]) {
        const store = await storeWithChange();
        let appends = 0;
        const crashing = withFaults(store, ({ method }) =>
          method === 'append' && appends++ >= step ? fault : undefined,
        );
        await expect(work(store, 100, crashing)).rejects.toThrow(StoreUnavailable);
        await work(store, 100);
        expect(await done(store)).toStrictEqual(await done(whole));
      }
    }
  });
});

describe('what is still to be done', () => {
  const stateAfter = (...events: RankTheOpenEvent[]) => recordEvents<RankTheOpenEvent>(events).reduce(evolve, initial);
  const part: RankTheOpenEvent = { type: 'OpenConversationsRanked', data: { version: 'event-0', from: 0, to: 256 } };
  const tookEffect: RankTheOpenEvent = { type: 'QueueRankingTookEffect', data: { version: 'event-0' } };

  it('ASG-9: a further look after each part, until the order of the last change takes effect', () => {
    expect(react(initial)).toStrictEqual([]);
    expect(react(stateAfter(scoreAdded))).toStrictEqual([{ id: 'after 10', name: 'rank further', since: 10 }]);
    expect(react(stateAfter(scoreAdded, part))).toStrictEqual([{ id: 'after 20', name: 'rank further', since: 20 }]);
    expect(react(stateAfter(scoreAdded, part, tookEffect))).toStrictEqual([]);
  });

  it('ASG-9: a look at what changed before an older order took effect', () => {
    const later = stateAfter(scoreAdded, part, scoreAdded, tookEffect);
    expect(react(later)).toStrictEqual([{ id: 'after 40', name: 'rank further', since: 40 }]);
  });

  it('hears of no attribute but VIP', () => {
    const [vip, tier] = recordEvents<RankTheOpenEvent>([
      { type: 'AttributeDisabled', data: { alias: 'vip' } },
      { type: 'AttributeDisabled', data: { alias: 'tier' } },
    ]);
    expect(vip && keyOf(vip)).toBe('queue');
    expect(tier && keyOf(tier)).toBeUndefined();
  });
});
