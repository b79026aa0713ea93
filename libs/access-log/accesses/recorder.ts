import { Overloaded, StreamGone } from '#event-sourcing';
import type { Actor, Clock, EventStore, EventToAppend, Ids } from '#event-sourcing';
import { accessStream, graceDays, keptDays } from './events.js';
import type { ContactRead, PersonalDataRevealed } from './events.js';
import { forgetOldAccesses } from './forget.js';

/** Who read what, and within which request. */
export interface Access {
  readonly actor: Actor;
  readonly requestId: string;
  readonly event:
    { readonly type: 'ContactRead'; readonly data: Omit<ContactRead['data'], 'times'> } | PersonalDataRevealed;
}

/** HIS-8: takes down who read personal data, beside the answers and not before them. */
export interface AccessRecorder {
  /** Returns at once. Throws `Overloaded` when so many wait that what cannot be recorded must not be read either. */
  record(access: Access): void;
  /** Resolves when all that was recorded is durable; the recorder takes nothing more. */
  close(): Promise<void>;
}

export interface RecorderPorts {
  readonly store: EventStore;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Something went wrong and is being tried again: for the log. */
  readonly stumbled: (fault: unknown) => void;
}

const collectMs = 1_000;
const mostWaiting = 10_000;
const largestAppend = 200;

interface Waiting {
  readonly access: Access;
  readonly id: string;
  readonly at: string;
  times: number;
}

export function createAccessRecorder(ports: RecorderPorts): AccessRecorder {
  const { store, ids, clock, stumbled } = ports;
  /** By what makes two of them the same entry. */
  let waiting = new Map<string, Waiting>();
  let writing: Promise<void> | undefined;
  let preparedDay = '';
  const closing = new AbortController();

  async function writeUntilEmpty(): Promise<void> {
    await clock.sleep(collectMs, closing.signal);
    while (waiting.size > 0) {
      const entries = [...waiting.values()];
      waiting = new Map();
      for (let first = 0; first < entries.length; first += largestAppend) {
        await persistently(entries.slice(first, first + largestAppend));
      }
    }
    writing = undefined;
  }

  async function persistently(entries: readonly Waiting[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await write(entries);
        return;
      } catch (fault) {
        stumbled(fault);
        // A store that is away at the end of the process keeps it for a few seconds, not for ever.
        if (closing.signal.aborted && attempt >= 3) return;
        await clock.sleep(collectMs);
      }
    }
  }

  async function write(entries: readonly Waiting[]): Promise<void> {
    const day = entries[0]?.at.slice(0, 10) ?? '';
    const stream = accessStream(day);
    if (preparedDay !== day) {
      // Before the first entry: a crash in between would leave a day that is kept for ever.
      await store.expireAfter(stream, (keptDays + graceDays) * 86_400);
      await forgetOldAccesses(ports, day);
      preparedDay = day;
    }
    try {
      await store.append(stream, entries.map(eventOf), 'any');
    } catch (fault) {
      if (!(fault instanceof StreamGone)) throw fault;
      // One of the contacts is erased, and so is what was noted about reading it.
      if (entries.length > 1) for (const entry of entries) await write([entry]);
    }
  }

  return {
    record(access) {
      if (waiting.size >= mostWaiting || closing.signal.aborted) throw new Overloaded('the access log');
      const { actor, event } = access;
      const key = JSON.stringify([actor, event]);
      const known = waiting.get(key);
      if (known) known.times++;
      else waiting.set(key, { access, id: ids.next(), at: clock.now(), times: 1 });
      writing ??= writeUntilEmpty();
    },
    async close() {
      closing.abort();
      await writing;
    },
  };
}

function eventOf({ access: { actor, requestId, event }, id, at, times }: Waiting): EventToAppend {
  const metadata = {
    commandId: id,
    commandHash: id,
    correlationId: requestId,
    causationId: requestId,
    actor,
    at,
    schemaVersion: 1,
  };
  const data = event.type === 'ContactRead' ? { ...event.data, times } : event.data;
  return { id, type: event.type, data, metadata };
}
