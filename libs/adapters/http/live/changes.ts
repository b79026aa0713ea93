import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { conversationsProjection } from '#conversations/conversation-view';
import type { ConversationDocument } from '#conversations/conversation-view';
import { answeringOrder, queueModel } from '#conversations/queue';
import type { AnsweringOrder, QueueDocument } from '#conversations/queue';
import { Port } from '#event-sourcing';
import type { Position, ReadModels, Stored } from '#event-sourcing';

/** What happened to conversations between two positions. */
export interface Changes {
  /** Up to here; what is given out with it can be resumed from. */
  readonly position: Position;
  /** As they stand in the queue now. */
  readonly queued: readonly Stored<QueueDocument>[];
  /** As their page shows them now; who has left the queue is among them. */
  readonly conversations: readonly Stored<ConversationDocument>[];
  /** The order of the queue. */
  readonly order: AnsweringOrder;
  /** Whether it began to answer between the two: everybody may stand elsewhere, though nobody's document changed. */
  readonly reordered: boolean;
}

export type Listener = (changes: Changes) => Promise<void>;

const pollMs = 50;
const atOnce = 1_000;

/**
 * Polls the position of the models while somebody listens, and reads what changed once for all of them (decision 15).
 */
@Injectable()
export class LiveChanges implements BeforeApplicationShutdown {
  /** Each with how its client is sent away. */
  private readonly listeners = new Map<Listener, () => void>();
  private polling = false;

  constructor(@Inject(Port.ReadModels) private readonly models: ReadModels) {}

  /** What happened since then, up to now. */
  async since(position: Position): Promise<Changes> {
    const reached = await this.models.position();
    const order = await answeringOrder(this.models);
    const [queued, conversations] = await Promise.all([
      this.changed<QueueDocument>(queueModel, position, reached),
      this.changed<ConversationDocument>(conversationsProjection.name, position, reached),
    ]);
    return { position: reached, queued, conversations, order, reordered: order.since > position };
  }

  /** `close` is called when the process ends, or the listener fails. Answers how to stop listening. */
  listen(listener: Listener, close: () => void): () => void {
    this.listeners.set(listener, close);
    if (!this.polling) void this.poll();
    return () => {
      this.listeners.delete(listener);
    };
  }

  beforeApplicationShutdown(): void {
    for (const close of [...this.listeners.values()]) close();
  }

  private async poll(): Promise<void> {
    this.polling = true;
    let seen = await this.models.position().catch(() => 0);
    while (this.listeners.size > 0) {
      try {
        const reached = await this.models.position();
        // Back: the models were dropped or put back; what they hold by then counts as changed.
        if (reached < seen) seen = reached;
        if (reached > seen) {
          const changes = await this.since(seen);
          seen = changes.position;
          // Who fails comes again and goes on where they were; nobody else waits for it.
          for (const [listener, close] of [...this.listeners]) await listener(changes).catch(close);
        }
      } catch {
        // The database is away: whoever listens hears of what happened meanwhile when it is back.
      }
      await sleep(pollMs);
    }
    this.polling = false;
  }

  private async changed<Doc extends object>(
    model: string,
    after: Position,
    upTo: Position,
  ): Promise<readonly Stored<Doc>[]> {
    const found: Stored<Doc>[] = [];
    let last: Stored<Doc> | undefined;
    do {
      const page = await this.models.page<Doc>(model, {
        where: { _at: { gt: after, lte: upTo } },
        sort: { _at: 1 },
        limit: atOnce,
        ...(last && { after: [last._at, last._id] }),
      });
      found.push(...page);
      last = page.length < atOnce ? undefined : page.at(-1);
    } while (last);
    return found;
  }
}
