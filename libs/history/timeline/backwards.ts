import { StreamGone } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';

/** A stream that is read from its end to its beginning, as far as somebody asks. */
export interface Backwards {
  /** The newest event that was not taken yet; `undefined`: there is none left, or the stream is gone. */
  peek(): Promise<RecordedEvent | undefined>;
  /** Takes what stands at the revision of the newest one: one event, or what an old one is read as today. */
  take(): Promise<readonly RecordedEvent[]>;
  /** The newest event before this one that answers `wanted`, without taking any. */
  newestBefore<T>(event: RecordedEvent, wanted: (event: RecordedEvent) => T | undefined): Promise<T | undefined>;
}

const chunk = 64;

/** `from`: first revision to take; default the newest. Reads nothing before it is asked. */
export function readBackwards(store: EventStore, stream: string, from?: number): Backwards {
  const read: RecordedEvent[] = [];
  let taken = 0;
  let next = from;
  let ended = next !== undefined && next < 0;
  let size = chunk;

  async function readMore(): Promise<boolean> {
    if (ended) return false;
    const before = read.length;
    try {
      for await (const event of store.readStream(stream, { ...ifGiven(next), direction: 'backwards', limit: size })) {
        read.push(event);
      }
    } catch (fault) {
      if (!(fault instanceof StreamGone)) throw fault;
    }
    const oldest = read.at(-1);
    ended = read.length === before || oldest === undefined || oldest.revision === 0;
    next = (oldest?.revision ?? 0) - 1;
    // Who looks for something far back asks again and again.
    size *= 2;
    return read.length > before;
  }

  async function peek(): Promise<RecordedEvent | undefined> {
    if (taken === read.length) await readMore();
    return read[taken];
  }

  return {
    peek,
    async take() {
      const first = await peek();
      const group: RecordedEvent[] = [];
      for (let event = first; event && event.revision === first?.revision; event = await peek()) {
        group.push(event);
        taken++;
      }
      return group;
    },
    async newestBefore(event, wanted) {
      for (let index = read.indexOf(event) + 1; index < read.length || (await readMore()); index++) {
        const older = read[index];
        const found = older && wanted(older);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

const ifGiven = (revision: number | undefined): { from?: number } => (revision === undefined ? {} : { from: revision });
