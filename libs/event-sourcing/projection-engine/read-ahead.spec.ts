import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { EventStore, SubscriptionBatch } from '../ports/event-store.js';
import { readAhead } from './read-ahead.js';

const behind = (checkpoint: number): SubscriptionBatch => ({ events: [], checkpoint, caughtUp: false });
const atTheEnd = (checkpoint: number): SubscriptionBatch => ({ events: [], checkpoint, caughtUp: true });

/** A store that gives these batches, then what `end` does, and says when it was asked for each. */
function giving(batches: readonly SubscriptionBatch[], end: (signal: AbortSignal) => Promise<void>) {
  const said: string[] = [];
  const store: Pick<EventStore, 'subscribe'> = {
    async *subscribe({ after, signal }) {
      said.push(`after ${after}`);
      try {
        for (const batch of batches) {
          said.push(`asked for ${batch.checkpoint}`);
          yield await Promise.resolve(batch);
        }
        await end(signal);
      } finally {
        said.push('over');
      }
    },
  };
  return { store, said };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });

/** Works on each batch for a while, until `enough` is reached. */
async function work(store: Pick<EventStore, 'subscribe'>, said: string[], enough = Infinity): Promise<void> {
  for await (const { checkpoint } of readAhead(store, 7, new AbortController().signal)) {
    await turn();
    said.push(`worked on ${checkpoint}`);
    if (checkpoint >= enough) return;
  }
}

describe('reading ahead', () => {
  it('fetches the next batch while one is worked on', async () => {
    const { store, said } = giving([behind(8), behind(9)], () => Promise.resolve());
    await work(store, said);
    expect(said).toEqual(['after 7', 'asked for 8', 'asked for 9', 'worked on 8', 'over', 'worked on 9']);
  });

  it('waits at the end of the log, where more comes together meanwhile', async () => {
    const { store, said } = giving([atTheEnd(8), behind(9)], () => Promise.resolve());
    await work(store, said);
    expect(said).toEqual(['after 7', 'asked for 8', 'worked on 8', 'asked for 9', 'over', 'worked on 9']);
  });

  it('tells of a failure after what came before it was worked on', async () => {
    const { store, said } = giving([behind(8)], () => Promise.reject(new Error('broken')));
    await expect(work(store, said)).rejects.toThrow('broken');
    expect(said).toEqual(['after 7', 'asked for 8', 'over', 'worked on 8']);
  });

  it('ends the subscription when nobody wants more of it', async () => {
    const { store, said } = giving([behind(8), behind(9)], aborted);
    await work(store, said, 9);
    expect(said).toEqual(['after 7', 'asked for 8', 'asked for 9', 'worked on 8', 'worked on 9', 'over']);
  });
});
