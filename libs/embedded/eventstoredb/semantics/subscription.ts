import type { StoredEvent } from '../storage/events.js';
import { LiveBuffer } from './live-buffer.js';
import type { Page, PageItem, ReadPlan } from './read-plan.js';

/** Reading what was there before the subscription had caught up, or what it could not follow live. */
export type Phase = 'catch-up' | 'live';

/** What a subscription follows: a stream or `$all`, with the rules of each. */
export interface SubscriptionSource {
  /** A stream ends with its tombstone; `$all` only shows it. */
  readonly endsAtTombstone: boolean;
  /** The plan that brings the cursor to the newest event as of now; undefined when it is there. */
  planTo(phase: Phase): ReadPlan | undefined;
  /** Everything up to a revision or position was read. */
  finished(to: number, examined: number): void;
  /** What becomes of events just committed, and moves the cursor behind them. */
  deliver(events: readonly StoredEvent[]): PageItem[];
  /** The checkpoint that ends the catch-up, if one is due. */
  lastCheckpoint(): PageItem[];
  listen(listener: (events: readonly StoredEvent[]) => void): () => void;
}

/** The subscriber's side. Each resolves when more may be sent: a slow subscriber is waited for. */
export interface Subscriber<Content> {
  isGone(): boolean;
  onGone(listener: () => void): void;
  /** Waits for this subscriber's turn: a commit wakes a thousand of them, and others want to be served in between. */
  turn(): Promise<void>;
  confirm(): Promise<void>;
  caughtUp(): Promise<void>;
  send(content: Content): Promise<void>;
}

export interface PageReader<Content> {
  read(plan: ReadPlan): Promise<{ content: Content; page: Omit<Page, 'items'>; endsStream: boolean }>;
  render(items: readonly PageItem[]): Content;
}

/**
 * Confirms, delivers what is there, says so, and goes on with what is committed from then on: each event once, in
 * order. Returns when the subscriber is gone, or 'stream-deleted' after the tombstone of the stream was delivered.
 *
 * The subscriber's cursor is the truth: a commit is only a hint that there is more, and whoever cannot follow reads
 * from the log again. So nothing is lost between catch-up and live, and nothing piles up for the slow.
 */
export async function runSubscription<Content>(
  source: SubscriptionSource,
  reader: PageReader<Content>,
  subscriber: Subscriber<Content>,
): Promise<'gone' | 'stream-deleted'> {
  const buffer = new LiveBuffer();
  subscriber.onGone(() => {
    buffer.close();
  });
  await subscriber.confirm();
  const stopListening = source.listen((events) => {
    buffer.push(events);
  });
  try {
    const readUp = (phase: Phase) => readToNewest(phase, source, reader, subscriber, buffer);
    if ((await readUp('catch-up')) === 'stream-deleted') return 'stream-deleted';
    await subscriber.send(reader.render(source.lastCheckpoint()));
    await subscriber.caughtUp();
    while (!subscriber.isGone()) {
      if (buffer.hasOverflowed && (await readUp('live')) === 'stream-deleted') return 'stream-deleted';
      const events = await buffer.take();
      await subscriber.turn();
      const items = source.deliver(events);
      if (items.length > 0) await subscriber.send(reader.render(items));
      const ended = source.endsAtTombstone && items.some((item) => item.kind === 'event' && item.event?.isTombstone);
      if (ended) return 'stream-deleted';
    }
    return 'gone';
  } finally {
    stopListening();
  }
}

/** What the buffer has taken meanwhile is dropped every time: the next plan covers it. */
async function readToNewest<Content>(
  phase: Phase,
  source: SubscriptionSource,
  reader: PageReader<Content>,
  subscriber: Subscriber<Content>,
  buffer: LiveBuffer,
): Promise<'stream-deleted' | 'done'> {
  buffer.clear();
  let plan = source.planTo(phase);
  while (plan && !subscriber.isGone()) {
    const { content, page, endsStream } = await reader.read(plan);
    await subscriber.send(content);
    if (endsStream) return 'stream-deleted';
    if (!page.rest) source.finished(plan.to, page.examined);
    buffer.clear();
    plan = page.rest ?? source.planTo(phase);
  }
  return 'done';
}
