import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCatalogue, createCommandRunner, kernelEvents } from '#event-sourcing';
import type { EventStore } from '#event-sourcing';
import { createInMemoryEventStore, createTestIds, fixedClock, withFaults } from '#event-sourcing-testing';
import { conversationDecider } from '../conversation/decide.js';
import { close, receive } from '../conversation/conversation.fixtures.js';
import { conversationStream } from '../conversation/events.js';
import { conversationsEvents } from '../index.js';
import { createConversationChains, openingAfter } from './chain.js';
import type { ConversationChains } from './chain.js';
import { removeConversations } from './erasure.js';

const catalogue = createCatalogue([kernelEvents, conversationsEvents]);
const clock = fixedClock();
const ids = createTestIds();

/** A store with a chain of so many conversations of contact `c`, the last of them open or closed. */
async function chainOf(length: number, last: 'open' | 'closed'): Promise<EventStore> {
  const store = createInMemoryEventStore({ catalogue, clock });
  const runner = createCommandRunner({ store, catalogue, ids, clock });
  const chains = createConversationChains(runner);
  for (let number = 1; number <= length; number++) {
    const head = await chains.head('c', { fresh: true });
    const opening = openingAfter('c', head.kind === 'conversation' ? head.conversation : undefined);
    const stream = conversationStream(opening.conversationId);
    const header = (name: string) => ({ commandId: `${name} ${number}` });
    await runner.run(conversationDecider, stream, { ...receive(`m${number}`), ...opening, ...header('receive') });
    if (number < length || last === 'closed') {
      await runner.run(conversationDecider, stream, { ...close({}), ...header('close') });
    }
  }
  return store;
}

const chainsOn = (store: EventStore): ConversationChains =>
  createConversationChains(createCommandRunner({ store, catalogue, ids, clock }));

describe('the newest conversation of a contact', () => {
  it('decision 4: is found in chains of any length, by nobody’s hint', async () => {
    const lengths = fc.integer({ min: 0, max: 15 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.constantFrom('open' as const, 'closed' as const), async (length, last) => {
        const head = await chainsOn(await chainOf(length, last)).head('c', { fresh: true });
        if (length === 0) expect(head).toStrictEqual({ kind: 'none' });
        else expect(head).toMatchObject({ kind: 'conversation', conversation: { number: length, phase: last } });
      }),
      { numRuns: 10 },
    );
  });

  it('decision 4: costs a logarithm of reads without a hint, and two with one', async () => {
    let reads = 0;
    const counted = withFaults(await chainOf(100, 'closed'), ({ method }) => {
      if (method === 'readStream') reads++;
      return undefined;
    });
    const chains = chainsOn(counted);
    await chains.head('c', { fresh: true });
    expect(reads).toBeLessThanOrEqual(14);
    reads = 0;
    await chains.head('c', { fresh: true });
    expect(reads).toBe(2);
  });

  it('DEL-6: is gone behind the seal, and stays so while the earlier ones go', async () => {
    for (let removed = 0; removed <= 5; removed++) {
      const store = await chainOf(5, 'closed');
      await store.tombstone('conversation-c.6', 'none');
      for (let number = 5; number > 5 - removed; number--) await store.tombstone(`conversation-c.${number}`, 'any');
      expect(await chainsOn(store).head('c', { fresh: true })).toStrictEqual({ kind: 'gone', number: 6 });
    }
  });

  it('DEL-6: an erasure goes on after any interruption', async () => {
    for (let failing = 0; failing < 30; failing++) {
      const store = await chainOf(3, 'open');
      const faulty = withFaults(store, ({ number }) => (number === failing ? 'error-after' : undefined));
      const erase = (on: EventStore): Promise<void> => {
        const runner = createCommandRunner({ store: on, catalogue, ids, clock });
        return removeConversations({ store: on, runner, chains: createConversationChains(runner) }, 'c', ['c']);
      };
      await erase(faulty).catch(() => undefined);
      await erase(store);
      expect(await chainsOn(store).head('c', { fresh: true })).toStrictEqual({ kind: 'gone', number: 4 });
      for (const number of [1, 2, 3, 4]) {
        expect(await chainsOn(store).link('c', number)).toBe('gone');
      }
    }
  });
});
