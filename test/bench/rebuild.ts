import { EventStoreDBClient, START } from '@eventstore/db-client';
import { openKeys, openModels, type OpenedModels } from '#adapters/ports';
import type { EventMetadata, EventToAppend } from '#event-sourcing';
import { projections } from '#product';
import { median, type Report } from './measure.js';
import { install } from './programs.js';

const contacts = 5_000;
const messagesOfContact = 16;
const runs = 5;

const uuid = (contact: number, event: number) =>
  `00000000-0000-4000-8000-${String(contact * 100 + event).padStart(12, '0')}`;

function history(contact: number): { contactEvents: EventToAppend[]; conversationEvents: EventToAppend[] } {
  const contactId = `c${contact}`;
  const conversationId = `${contactId}.1`;
  const identityKey = `i${contact}`;
  const address = { channelId: 'channel', medium: 'custom', identityKey };
  const actor = { id: 'channel', role: 'contact' } as const;
  let made = 0;
  const event = (type: string, data: object): EventToAppend => {
    const id = uuid(contact, made++);
    const header = { commandId: id, commandHash: id, correlationId: id, causationId: id };
    const metadata: EventMetadata = { ...header, actor, at: '2026-01-01T00:00:00.000Z', schemaVersion: 1 };
    return { id, type, data, metadata };
  };
  const message = (n: number) =>
    event('MessageReceived', {
      conversationId,
      contactId,
      ...address,
      messageId: `m${contact}-${n}`,
      subjectId: contactId,
      externalMessageId: `x${contact}-${n}`,
      text: 'Hello, I have a question about my last order, it has not arrived yet.',
    });
  return {
    contactEvents: [
      event('ContactCreated', { contactId, createdBy: 'channel' }),
      event('IdentityAttached', {
        contactId,
        identityKey,
        medium: 'custom',
        idScope: 'channel',
        externalUserId: `u${contact}`,
      }),
      event('ContactSeenOnChannel', { contactId, channelId: 'channel', identityKey }),
    ],
    conversationEvents: [
      event('ConversationOpened', {
        conversationId,
        contactId,
        ...address,
        number: 1,
        openedBy: 'message',
        known: { conversations: [], complete: true },
      }),
      ...Array.from({ length: messagesOfContact }, (_, n) => message(n)),
    ],
  };
}

/** A round of contacts with their messages, appended as the product writes them; answers the number of events. */
export async function fill({ store }: OpenedModels, round = 0): Promise<number> {
  let events = 0;
  const waiting = Array.from({ length: contacts }, (_, contact) => round * contacts + contact).values();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (const contact of waiting) {
        const { contactEvents, conversationEvents } = history(contact);
        await store.append(`contact-c${contact}`, contactEvents, 'none');
        await store.append(`conversation-c${contact}.1`, conversationEvents, 'none');
        events += contactEvents.length + conversationEvents.length;
      }
    }),
  );
  return events;
}

/** Milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Row P4: a rebuild from 100,000 events against the client's bare read of `$all`. */
export async function benchRebuild(report: Report): Promise<void> {
  const installation = await install();
  const client = EventStoreDBClient.connectionString(installation.eventStoreUrl);
  const keys = await openKeys(installation);
  const models = openModels(installation, keys.ring);
  try {
    const events = await fill(models);
    const bareRead = () =>
      timed(async () => {
        for await (const { event } of client.readAll({ fromPosition: START })) if (!event) throw new Error('no event');
      });
    const all = projections.map(({ name }) => name);
    const rebuild = (names: readonly string[]) => timed(() => models.engine.rebuild(names, () => undefined));
    // The first one makes sure that the worker has caught up with what was filled in.
    await rebuild(all);
    for (const [names, wanted] of [
      [all, '≥ 0.25'],
      [['queue'], '≥ 0.5'],
    ] as const) {
      const reads: number[] = [];
      const rebuilds: number[] = [];
      for (let run = 0; run < runs; run++) {
        reads.push(await bareRead());
        rebuilds.push(await rebuild(names));
      }
      const perSecond = (milliseconds: number[]) =>
        Math.round((events / median(milliseconds)) * 1000).toLocaleString('en');
      report({
        name: `P4 rebuild of ${names.length === 1 ? 'the queue' : 'all models'} from ${events} events (${wanted})`,
        ratio: median(reads) / median(rebuilds),
        detail: `${perSecond(rebuilds)} events/s against ${perSecond(reads)} of the client's read`,
      });
    }
  } finally {
    await models.close();
    await keys.close();
    await client.dispose();
    await installation.stop();
  }
}
