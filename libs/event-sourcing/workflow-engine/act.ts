import { Overloaded, StoreUnavailable } from '../errors.js';
import type { Position } from '../event.js';
import { aborted } from '../projection-engine/aborted.js';
import { progressName } from '../projection-engine/progress.js';
import type { Progress } from '../projection-engine/progress.js';
import type { Documents } from '../ports/documents.js';
import type { Stored } from '../ports/read-models.js';
import type { AnyProjection } from '../projection.js';
import type { AnyWorkflow, Performer, ToDo, WorkflowPorts } from '../workflow.js';
import { instanceStream } from './events.js';
import { isDue, openToDos, workflowsModel } from './instance.js';
import type { WorkflowInstance } from './instance.js';
import { outcomeDecider } from './outcomes.js';
import type { OutcomeCommand } from './outcomes.js';
import { reasonOf } from './project.js';
import { toDoHeader } from './to-do-header.js';

export interface Acting {
  readonly workflow: AnyWorkflow;
  readonly performer: Performer<ToDo>;
}

export interface ActingOptions {
  readonly acting: ReadonlyMap<string, Acting>;
  readonly projection: AnyProjection;
  readonly ports: WorkflowPorts;
  readonly documents: Documents;
  readonly stumbled: (fault: unknown) => void;
}

/** What this process has done for one instance. */
interface Hands {
  readonly beganWith: string;
  /** To-dos done; their events may not have come back yet. */
  readonly done: Set<string>;
  /** Until the model is here it shows the instance as it was before. */
  position: Position;
  working: boolean;
}

const poll = 100;
/** Polls between two looks while nothing happens: timers fire this many polls late at most. */
const quietPolls = 5;
const mostAtOnce = 64;
const pauseOfOutage = 1_000;

/**
 * Acts until `signal` aborts, on what the model shows as due. Only once the model has everything that was in the log
 * at the beginning: one that is being filled shows what was due long ago.
 */
export async function actOnInstances(options: ActingOptions, signal: AbortSignal): Promise<void> {
  const { ports, documents, projection, stumbled } = options;
  const { clock, models } = ports;
  const hands = new Map<string, Hands>();
  const working = new Set<Promise<void>>();
  let head = await headOf(ports);
  let last: Position = 0;
  let quiet = 0;

  async function look(position: Position): Promise<void> {
    const limit = mostAtOnce + hands.size;
    const where = { due: { lte: clock.now() } };
    const due = await models.page<WorkflowInstance>(workflowsModel, { where, sort: { due: 1, began: 1 }, limit });
    const shown = new Set(due.map(({ _id }) => _id));
    for (const [id, mine] of hands) {
      if (!mine.working && due.length < limit && !shown.has(id) && position >= mine.position) hands.delete(id);
    }
    for (const instance of due) take(instance, position);
  }

  function take(instance: Stored<WorkflowInstance>, position: Position): void {
    const acting = options.acting.get(instance.workflow);
    const known = hands.get(instance._id);
    if (!acting || working.size >= mostAtOnce || known?.working || (known && position < known.position)) return;
    const fresh = { beganWith: instance.beganWith, done: new Set<string>(), position: 0, working: false };
    const mine: Hands = known?.beganWith === instance.beganWith ? known : fresh;
    hands.set(instance._id, mine);
    mine.working = true;
    const work = actOn(options, acting, instance, mine, signal).finally(() => {
      mine.working = false;
      working.delete(work);
    });
    working.add(work);
  }

  while (!aborted(signal)) {
    try {
      const position = await positionOf(documents, projection);
      if (position < last) {
        // The models were dropped, or an older copy was put in their place.
        head = await headOf(ports);
        hands.clear();
      }
      const changed = position !== last;
      last = position;
      quiet = changed ? 0 : quiet + 1;
      if (position >= head && (changed || working.size > 0 || quiet % quietPolls === 0)) await look(position);
    } catch (fault) {
      stumbled(fault);
      await clock.sleep(pauseOfOutage, signal);
    }
    await clock.sleep(poll, signal);
  }
  await Promise.all(working);
}

/** Does what is due of one instance, in order. */
async function actOn(
  { ports, stumbled }: ActingOptions,
  { workflow, performer }: Acting,
  instance: WorkflowInstance,
  mine: Hands,
  signal: AbortSignal,
): Promise<void> {
  const { key, beganWith, broken } = instance;
  const now = ports.clock.now();

  async function record(command: DistributiveOmit<OutcomeCommand, keyof ReturnType<typeof toDoHeader>>, id: string) {
    const header = toDoHeader(ports, workflow.name, { key, beganWith, id });
    const stream = instanceStream(workflow.name, key);
    const result = await ports.runner.run(outcomeDecider, stream, { ...header, ...command });
    if (result.accepted) mine.position = Math.max(mine.position, result.position);
  }
  const of = (todo: string) => ({ workflow: workflow.name, key, beganWith, todo });

  try {
    if (broken !== null) {
      await record({ type: 'Quarantine', ...of('rules'), reason: broken }, ports.ids.next());
      return;
    }
    for (const todo of openToDos(workflow, instance)) {
      if (!isDue(instance, todo, now) || aborted(signal)) continue;
      if (mine.done.has(todo.id)) {
        await record({ type: 'SettleToDo', ...of(todo.id) }, `settled ${todo.id}`);
        continue;
      }
      try {
        const header = toDoHeader(ports, workflow.name, { key, beganWith, id: todo.id });
        mine.position = Math.max(mine.position, await performer.perform(todo, { key, header }));
        mine.done.add(todo.id);
      } catch (fault) {
        if (isOutage(fault)) throw fault;
        stumbled(fault);
        await record({ type: 'RecordFailure', ...of(todo.id), reason: reasonOf(fault) }, ports.ids.next());
        return;
      }
    }
  } catch (fault) {
    // Nobody's fault but the machinery's: no attempt is counted.
    stumbled(fault);
    await ports.clock.sleep(pauseOfOutage, signal);
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const isOutage = (fault: unknown): boolean => fault instanceof StoreUnavailable || fault instanceof Overloaded;

async function headOf({ store }: WorkflowPorts): Promise<Position> {
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) return position;
  return 0;
}

/** Up to where the instances are folded; -1 while they are not those of this build. */
async function positionOf(documents: Documents, { schema }: AnyProjection): Promise<Position> {
  const progress = (await documents.progress(progressName)) as Progress | undefined;
  const model = progress?.models.find(({ name }) => name === workflowsModel);
  if (!progress || model?.schema !== schema) return -1;
  return model.own?.position ?? progress.position;
}
