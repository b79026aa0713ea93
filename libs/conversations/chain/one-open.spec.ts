import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsEvents } from '#contacts';
import { conversationsEvents } from '#conversations';
import { createCatalogue, createCommandRunner, kernelEvents } from '#event-sourcing';
import type { RecordedEvent } from '#event-sourcing';
import { collect, createInMemoryEventStore, createTestIds, fixedClock, withFaults } from '#event-sourcing-testing';
import { openByHand } from '../conversation/open-by-hand.js';
import { touch } from '../conversation/touch.js';
import { message, originOf, processWith } from '../inbound/inbound.fixtures.js';
import { receiveInbound } from '../inbound/receive.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents]);
const clock = fixedClock('2026-03-02T12:00:00.000Z');
const ids = createTestIds('store');
const rules = { mode: 'off', categoryIds: new Set<string>() } as const;

const deeds = fc.constantFrom('write', 'open', 'close', 'block', 'snooze', 'answer');
const lives = fc.array(fc.record({ deed: deeds, process: fc.constantFrom(0, 1), turns: fc.nat(12) }), {
  minLength: 4,
  maxLength: 16,
});

/** How many conversations are open after each event, and the largest number of it all. */
function mostOpen(events: readonly RecordedEvent[]): number {
  const open = new Set<string>();
  let most = 0;
  for (const { type, stream } of events) {
    if (type === 'ConversationOpened') open.add(stream);
    if (type === 'ConversationClosed') open.delete(stream);
    most = Math.max(most, open.size);
  }
  return most;
}

describe('a contact', () => {
  it('CNV-1: has at most one open conversation at any time, whatever two processes do at once in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 1, max: 1_000 }), async (life, seed) => {
        const store = createInMemoryEventStore({ catalogue, clock });
        const processes = [1, 2].map((name) => {
          const slow = withFaults(store, ({ number }) => ((number * 31 + seed * name) % 3 === 0 ? 'delay' : undefined));
          return processWith(createCommandRunner({ store: slow, catalogue, ids, clock }), ids);
        });
        const [first] = processes;
        if (!first) throw new Error('there are two');
        const began = await receiveInbound(first, originOf('inbound m0'), message('m0'));
        if (!('kind' in began) || began.kind !== 'received') throw new Error('it is received');
        const { contactId } = began;
        await Promise.all(
          life.map(async ({ deed, process, turns }, n) => {
            for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
            const ports = processes[process] ?? first;
            const origin = originOf(`${deed} ${n}`, { actor: 'ann' });
            if (deed === 'write') return receiveInbound(ports, originOf(`inbound ${n}`), message(`m${n + 1}`));
            if (deed === 'open') return openByHand(ports, origin, { contactId, channelId: 'shop' });
            const head = await ports.chains.head(contactId, { fresh: false });
            if (head.kind !== 'conversation') throw new Error('it has one');
            return touch(ports, origin, head.conversation.conversationId, ({ access }) => {
              const own = { ...origin.header, access } as const;
              if (deed === 'close') return { ...own, type: 'Close', rules };
              if (deed === 'block') return { ...origin.header, type: 'CloseAutomatically', cause: 'block', rules };
              if (deed === 'snooze') return { ...own, type: 'Snooze', until: '2026-04-01T00:00:00.000Z' };
              const content = { messageId: `r${n}`, text: 'Yes', answers: true, disabledChannelIds: new Set<string>() };
              return { ...own, type: 'WriteReply', ...content };
            });
          }),
        );
        const events = await collect(store.readAll());
        expect(mostOpen(events)).toBe(1);
        const opened = events.filter(({ type }) => type === 'ConversationOpened').map(({ stream }) => stream);
        expect(opened).toEqual(opened.map((_, index) => `conversation-${contactId}.${index + 1}`));
      }),
      { numRuns: 60 },
    );
  });
});
