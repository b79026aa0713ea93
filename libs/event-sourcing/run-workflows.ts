import { StoreUnavailable } from './errors.js';
import type { DomainEvent, Position, Recorded, RecordedEvent } from './event.js';
import type { WorkflowAdvanced } from './kernel-events.js';
import { workflowStream } from './kernel-events.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';
import type { ToDo, Workflow } from './workflow.js';

export interface WorkflowRunner {
  /** Resolves once the runner knows where to begin. Throws `StoreUnavailable`. */
  start(): Promise<void>;
  /** Ends after the to-dos in hand. */
  stop(): Promise<void>;
}

interface Instance<S> {
  state: S;
  /** Position of its first event: until it is at rest, a restart must see that event again. */
  readonly began: Position;
  /** To-dos done in this process; their events may not have come back yet. */
  readonly done: Set<string>;
  /** A rule of the workflow failed on it: nothing more is done for it before the next start. */
  quarantined: boolean;
  working: Promise<void> | undefined;
}

const firstPause = 100;
const longestPause = 30_000;
/** A restart reads at most so many events again that concern nothing unfinished. */
const eventsBetweenCheckpoints = 1_000;

/**
 * Runs one workflow: folds its instances from the events, and performs what they still want done, one to-do at a time
 * for each instance, again and again until it succeeds. An instance that cannot get on stands alone; the others go on.
 * Two processes may run the same workflow: every to-do acts by commands of derived ids, so nothing happens twice.
 */
export function runWorkflow<E extends DomainEvent, S, T extends ToDo>(
  workflow: Workflow<E, S, T>,
  options: {
    readonly store: EventStore;
    readonly ids: Ids;
    readonly clock: Clock;
    /** Something went wrong and is being tried again: for the log. */
    readonly stumbled: (fault: unknown) => void;
  },
): WorkflowRunner {
  const { store, ids, clock, stumbled } = options;
  const stream = workflowStream(workflow.name);
  const instances = new Map<string, Instance<S>>();
  const stopping = new AbortController();
  let seen: Position | 'start' = 'start';
  let saved: Position = 0;
  let sinceSaved = 0;
  let following: Promise<void> = Promise.resolve();

  async function readStart(): Promise<void> {
    for await (const { data } of store.readStream(stream, { direction: 'backwards', limit: 1 })) {
      saved = (data as WorkflowAdvanced['data']).position;
      seen = saved;
    }
  }

  async function follow(): Promise<void> {
    for (let pause = firstPause; !stopping.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        for await (const batch of store.subscribe({ after: seen, signal: stopping.signal })) {
          for (const event of batch.events) take(event);
          seen = batch.checkpoint;
          sinceSaved += batch.events.length;
          pause = firstPause;
          if (sinceSaved >= eventsBetweenCheckpoints) await saveCheckpoint();
        }
      } catch (fault) {
        stumbled(fault);
      }
      await clock.sleep(pause, stopping.signal);
    }
  }

  function take(recorded: RecordedEvent): void {
    if (!workflow.on.has(recorded.type)) return;
    // `on` lists the types of E.
    const event = recorded as Recorded<E>;
    const key = keyOf(event);
    if (key === undefined) return;
    const instance = instances.get(key) ?? newInstance(recorded.position);
    instances.set(key, instance);
    try {
      instance.state = workflow.evolve(instance.state, event);
    } catch (fault) {
      // Thrown further, it would stop the subscription, and with it all other instances, at this event for ever.
      instance.quarantined = true;
      stumbled(fault);
    }
    instance.working ??= work(key, instance);
  }

  function keyOf(event: Recorded<E>): string | undefined {
    try {
      return workflow.key(event);
    } catch (fault) {
      stumbled(fault);
      return undefined;
    }
  }

  function newInstance(began: Position): Instance<S> {
    return { state: workflow.initial, began, done: new Set(), quarantined: false, working: undefined };
  }

  async function work(key: string, instance: Instance<S>): Promise<void> {
    let pause = firstPause;
    while (!stopping.signal.aborted) {
      const todo = wanted(key, instance).find(({ id }) => !instance.done.has(id));
      if (!todo) break;
      try {
        await workflow.perform(todo, { commandId: ids.derivedUuid('workflow', workflow.name, key, todo.id), key });
        instance.done.add(todo.id);
        pause = firstPause;
      } catch (fault) {
        stumbled(fault);
        await clock.sleep(pause, stopping.signal);
        pause = Math.min(pause * 2, longestPause);
      }
    }
    instance.working = undefined;
    if (wanted(key, instance).length === 0 && !instance.quarantined) instances.delete(key);
  }

  /** Nothing from an instance that is quarantined; it keeps the checkpoint before its first event. */
  function wanted(key: string, instance: Instance<S>): readonly T[] {
    if (instance.quarantined) return [];
    try {
      return workflow.react(instance.state, key);
    } catch (fault) {
      instance.quarantined = true;
      stumbled(fault);
      return [];
    }
  }

  async function saveCheckpoint(): Promise<void> {
    if (seen === 'start') return;
    const unfinished = Math.min(...[...instances.values()].map(({ began }) => began));
    const position = Math.min(seen, unfinished - 1);
    sinceSaved = 0;
    if (position <= saved) return;
    const commandId = ids.next();
    const actor = { id: workflow.name, role: 'workflow' } as const;
    const header = { commandId, commandHash: commandId, correlationId: commandId, causationId: commandId };
    const metadata = { ...header, actor, at: clock.now(), schemaVersion: 1 };
    const event = { id: commandId, type: 'WorkflowAdvanced', data: { position }, metadata };
    const { revision } = await store.append(stream, [event], 'any');
    saved = position;
    // Only the newest one says anything.
    if (revision > 0) await store.truncateBefore(stream, revision);
  }

  return {
    async start() {
      await readStart();
      following = follow();
    },
    async stop() {
      stopping.abort();
      await following;
      for (const { working } of [...instances.values()]) await working;
      await saveCheckpoint().catch((fault: unknown) => {
        if (!(fault instanceof StoreUnavailable)) throw fault;
      });
    },
  };
}
