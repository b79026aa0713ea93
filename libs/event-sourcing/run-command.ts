import { LRUCache } from 'lru-cache';
import type { EventCatalogue } from './catalogue.js';
import { createCommandQueue } from './command-queue.js';
import type { CommandQueue } from './command-queue.js';
import type { CommandTrace } from './command-ring.js';
import type { CommandResult, CommandRunner } from './command-runner.js';
import type { Command, Decider, Refusal } from './decider.js';
import { StreamGone } from './errors.js';
import type { DomainEvent } from './event.js';
import { readOn, unread } from './folded-stream.js';
import type { FoldedStream } from './folded-stream.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';
import { readSettledRequest } from './settled-requests.js';

export interface CommandRunnerOptions {
  readonly store: EventStore;
  readonly catalogue: EventCatalogue;
  readonly ids: Ids;
  /** Only sleeps between conflicts. */
  readonly clock: Clock;
  /** Commands that may wait for one stream; beyond it `Overloaded`. */
  readonly mostWaiting?: number;
  /** Room for folded streams: each takes 8 and one more per command that its ring knows. */
  readonly cacheSize?: number;
}

const weightOfStream = 8;

/** Runs the commands of this process; other processes are met by the expected revision of each append. */
export function createCommandRunner(options: CommandRunnerOptions): CommandRunner {
  const { store, catalogue, ids, clock, mostWaiting = 1_000, cacheSize = 250_000 } = options;
  const cache = new LRUCache<string, { decider: object; folded: FoldedStream<unknown> }>({
    maxSize: cacheSize,
    sizeCalculation: ({ folded }) => weightOfStream + folded.ring.size,
  });
  const queues = new Map<object, Map<string, unknown>>();

  function versionOf(type: string): number {
    const definition = catalogue.definitions.get(type);
    if (!definition) throw new TypeError(`event type ${type} is not in the catalogue`);
    return definition.version;
  }

  function known<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
  ): FoldedStream<S> | undefined {
    const entry = cache.get(stream);
    // The decider that folded it tells the type of the state.
    return entry?.decider === decider ? (entry.folded as FoldedStream<S>) : undefined;
  }

  function keep<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
    folded: FoldedStream<S>,
  ): void {
    // Two may have read at the same time; the one that saw less must not win.
    if ((known(decider, stream)?.revision ?? -1) <= folded.revision) cache.set(stream, { decider, folded });
  }

  async function refresh<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
  ): Promise<FoldedStream<S>> {
    try {
      const folded = await readOn(store, decider, stream, known(decider, stream) ?? unread(decider.initial));
      keep(decider, stream, folded);
      return folded;
    } catch (fault) {
      if (fault instanceof StreamGone) cache.delete(stream);
      throw fault;
    }
  }

  /** The same answer as the first time: what the command wrote, read again. */
  async function answer<E extends DomainEvent, R extends Refusal>(
    stream: string,
    { commandId }: Command,
    trace: CommandTrace,
  ): Promise<CommandResult<E, R>> {
    if (!('first' in trace)) {
      return { accepted: true, events: [], position: trace.position, revision: trace.revision, repeated: true };
    }
    const events: E[] = [];
    let position = 0;
    const { first, last, settledAt } = trace;
    for await (const event of store.readStream(stream, { from: first, limit: settledAt - first + 1 })) {
      const fact: DomainEvent = { type: event.type, data: event.data };
      if (event.metadata.commandId === commandId) events.push(fact as E);
      position = event.position;
    }
    return { accepted: true, events, position, revision: last, repeated: true };
  }

  function queueOf<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
  ): CommandQueue<C, E, R> {
    const ofDecider = queues.get(decider) ?? new Map<string, unknown>();
    queues.set(decider, ofDecider);
    const busy = ofDecider.get(stream) as CommandQueue<C, E, R> | undefined;
    if (busy) return busy;
    const queue = createCommandQueue(
      {
        stream,
        decider,
        store,
        ids,
        clock,
        versionOf,
        mostWaiting,
        known: () => known(decider, stream),
        refresh: () => refresh(decider, stream),
        keep: (folded) => {
          keep(decider, stream, folded);
        },
        forget: () => cache.delete(stream),
        answer: (command, trace) => answer<E, R>(stream, command, trace),
      },
      () => ofDecider.delete(stream),
    );
    ofDecider.set(stream, queue);
    return queue;
  }

  return {
    async run(decider, stream, command, runOptions = {}) {
      if (runOptions.keyed && !known(decider, stream)?.ring.find(command)) {
        const trace = await readSettledRequest(store, stream, command);
        if (trace) return answer(stream, command, trace);
      }
      return queueOf(decider, stream).add(command, runOptions);
    },
    async load(decider, stream, { fresh }) {
      const folded = (fresh ? undefined : known(decider, stream)) ?? (await refresh(decider, stream));
      const { state, revision, position } = folded;
      return { state, revision, position };
    },
    async settled(decider, stream, command) {
      const trace = known(decider, stream)?.ring.find(command) ?? (await refresh(decider, stream)).ring.find(command);
      return trace && answer(stream, command, trace);
    },
    forget(stream) {
      cache.delete(stream);
    },
  };
}
