import { createHash } from 'node:crypto';
import { createCommandRunner, instanceStream, workflowsModel } from '#event-sourcing';
import type { CommandRunner, EventStore, Ids, ToDo, Workflow, WorkflowInstance } from '#event-sourcing';
import { basket, basketCatalogue, closeBasket, itemToAppend } from '../basket.js';
import type { BasketEvent } from '../basket.js';
import { collect } from '../collect.js';
import { createInMemoryDocuments } from '../documents-in-memory.js';
import type { InMemoryDocuments } from '../documents-in-memory.js';
import { createInMemoryEventStore } from '../in-memory-event-store.js';
import { createMovableClock } from '../movable-clock.js';
import type { MovableClock } from '../movable-clock.js';
import { startWorker } from '../running-workflows.js';
import { createTestIds } from '../test-ids.js';

export const day = 86_400_000;

interface State {
  readonly phase: 'nothing' | 'filled' | 'closed';
  readonly due: string;
}

export type Closing = Workflow<BasketEvent, State>;

/** A log, the models over it, and what the workflow did, of one test. */
export interface Stage {
  readonly clock: MovableClock;
  readonly ids: Ids;
  readonly store: EventStore;
  /** What the workers project into. */
  readonly documents: InMemoryDocuments;
  /** From here on workers find nothing projected. */
  loseModels(): void;
  /** Keys of the to-dos done, in order, failed ones too. */
  performed: string[];
  readonly commandIds: Set<string>;
  readonly faults: unknown[];
  /** Baskets whose to-do fails so often before it succeeds. */
  readonly failures: Map<string, number>;
  /** Baskets that a rule of the workflow cannot cope with. */
  readonly poison: Set<string>;
  readonly runner: CommandRunner;
  /** Starts a worker; `stop` of the stage ends it, if nobody did before. */
  work(workflow: Closing): Promise<{ stop(): Promise<void> }>;
  /** `number`: another one makes another event. */
  fill(stream: string, number?: number): Promise<unknown>;
  /** Waits for what the log says, without a limit of its own: the test's is the limit. */
  recorded(type: string, ...streams: string[]): Promise<void>;
  typesOf(stream: string): Promise<string[]>;
  outcomes(key: string): Promise<string[]>;
  instances(): WorkflowInstance[];
  /** Until the model shows this; polled, because that is what it is made for. */
  shown(holds: (instances: readonly WorkflowInstance[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}

const noModels = (): InMemoryDocuments => createInMemoryDocuments({ clock: createMovableClock() });

/** With nothing in its log; with the clock and the ids of the one before, if there was one. */
export function openStage({ clock, ids } = { clock: createMovableClock(), ids: createTestIds() }): Stage {
  const store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
  let documents = noModels();
  const workers: { stop(): Promise<void> }[] = [];
  const newRunner = () => createCommandRunner({ store, catalogue: basketCatalogue, ids, clock });
  const typesOf = async (stream: string) => (await collect(store.readStream(stream))).map(({ type }) => type);

  const stage: Stage = {
    clock,
    ids,
    store,
    get documents() {
      return documents;
    },
    loseModels() {
      documents = noModels();
    },
    performed: [],
    commandIds: new Set(),
    faults: [],
    failures: new Map(),
    poison: new Set(),
    runner: newRunner(),
    async work(workflow) {
      const views = { ready: true, position: 0, waitFor: () => Promise.resolve(), read: () => never() };
      const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
      const stumbled = (fault: unknown): number => stage.faults.push(fault);
      const ports = { store, runner: newRunner(), ids, clock, views, sha256 };
      const worker = await startWorker([workflow], ports, { documents, stumbled });
      workers.push(worker);
      return worker;
    },
    fill: (stream, number = 1) => store.append(stream, [itemToAppend(number)], 'any'),
    async recorded(wanted, ...streams) {
      const left = new Set(streams);
      const stop = new AbortController();
      for await (const { events } of store.subscribe({ after: 'start', signal: stop.signal })) {
        for (const { type, stream } of events) if (type === wanted) left.delete(stream);
        if (left.size === 0) stop.abort();
      }
    },
    typesOf,
    outcomes: (key) => typesOf(instanceStream(name, key)),
    instances: () => documents.held(workflowsModel).flatMap(({ body }) => (body ? [body as WorkflowInstance] : [])),
    async shown(holds) {
      while (!holds(stage.instances())) await clock.sleep(100);
    },
    async stop() {
      for (const worker of workers) await worker.stop();
    },
  };
  return stage;
}

export const name = 'when-filled-then-close';

export const fail = () => new RangeError('not yet');

/** Closes each basket so long after something was put into it; what else is put in does not change the time. */
export function whenFilledThenClose(
  stage: Stage,
  changed: Partial<Closing> & { readonly after?: number } = {},
): Closing {
  const { after = 0, ...rest } = changed;
  return {
    name,
    version: 1,
    actsFrom: 'beginning',
    on: new Set(['ItemAdded', 'BasketClosed']),
    key: ({ stream }) => stream,
    initial: { phase: 'nothing', due: '' },
    evolve(state, event) {
      if (stage.poison.has(event.stream)) throw new RangeError('poisoned');
      if (event.type === 'BasketClosed') return { phase: 'closed', due: '' };
      return state.phase === 'filled'
        ? state
        : { phase: 'filled', due: new Date(Date.parse(event.created) + after).toISOString() };
    },
    react: ({ phase, due }): readonly ToDo[] => (phase === 'filled' ? [{ id: 'close', name: 'close', due }] : []),
    owners: () => [],
    performer: ({ runner }) => ({
      async perform(_todo, { key, header }) {
        stage.performed.push(key);
        stage.commandIds.add(header.commandId);
        const left = stage.failures.get(key) ?? 0;
        stage.failures.set(key, left - 1);
        if (left > 0) throw fail();
        const result = await runner.run(basket, key, { ...closeBasket(header.commandId), ...header });
        return result.accepted ? result.position : 0;
      },
    }),
    ...rest,
  };
}

function never(): never {
  throw new Error('no view is read');
}
