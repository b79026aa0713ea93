import { Fault } from '../errors.js';
import type { DomainEvent, RecordedEvent } from '../event.js';
import { defineProjection, removed } from '../projection.js';
import type { AnyProjection, ProjectionStep, SideDocuments } from '../projection.js';
import type { AnyWorkflow } from '../workflow.js';
import type { OutcomeEvent, WorkflowEnabled } from './events.js';
import { atOnce, instanceId, workflowsModel } from './instance.js';
import type { WorkflowInstance } from './instance.js';

type OutcomeType = OutcomeEvent['type'];
type OutcomeRecorded = {
  [Type in OutcomeType]: RecordedEvent<Extract<OutcomeEvent, { type: Type }>> & { readonly type: Type };
}[OutcomeType];
type Enabled = WorkflowEnabled['data'];

const outcomeTypes: ReadonlySet<string> = new Set<OutcomeType>([
  'WorkflowAttemptFailed',
  'WorkflowQuarantined',
  'WorkflowReleased',
  'WorkflowToDoSettled',
]);

/**
 * The instances of all workflows as a read model. It is kept, rebuilt, and rid of erased contacts by the projection
 * engine; folding never acts, so neither does a rebuild.
 */
export function workflowsProjection(workflows: readonly AnyWorkflow[]): AnyProjection {
  const named = new Map(workflows.map((workflow) => [workflow.name, workflow]));
  const step: ProjectionStep<WorkflowInstance, DomainEvent, Enabled> = {
    key: (event) => instancesOf(workflows, event),
    project(document, event, { id, side }) {
      const name = id.slice(0, id.indexOf(' '));
      const workflow = named.get(name);
      if (!workflow || (!document && !actsFromHere(workflow, side))) return undefined;
      return advance(workflow, id.slice(name.length + 1), document, event);
    },
  };
  const types = [...outcomeTypes, ...workflows.flatMap(({ on }) => [...on])];
  return defineProjection<WorkflowInstance, DomainEvent, Enabled>({
    name: workflowsModel,
    schema: schemaOf(workflows),
    indexes: [{ key: { due: 1, began: 1 } }, { key: { 'quarantined.at': -1 } }],
    owners: (_id, { workflow, key }) => named.get(workflow)?.owners(key) ?? [],
    on: Object.fromEntries(types.map((type) => [type, step])),
    side: {
      on: {
        WorkflowEnabled: {
          key: ({ data }) => (data as Enabled).workflow,
          project: (_document, { data }) => data as Enabled,
        },
      },
      load: ({ type }) => startingLater(workflows, type).map(({ name }) => name),
      owners: () => [],
    },
  });
}

/** Another set of workflows, or another version of one, asks for a rebuild. */
function schemaOf(workflows: readonly AnyWorkflow[]): number {
  const versions = workflows.map(({ name, version }) => `${name} ${version}`);
  let schema = 2;
  for (const character of versions.sort().join('\n')) {
    schema = (schema * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007;
  }
  return schema;
}

function startingLater(workflows: readonly AnyWorkflow[], type: string): readonly AnyWorkflow[] {
  return workflows.filter(({ actsFrom, on }) => actsFrom === 'first-enabled' && on.has(type));
}

const actsFromHere = ({ actsFrom, name }: AnyWorkflow, enabled: SideDocuments<Enabled>): boolean =>
  actsFrom === 'beginning' || enabled.has(name);

function instancesOf(workflows: readonly AnyWorkflow[], event: RecordedEvent): readonly string[] {
  const concerned = workflows.filter(({ on }) => on.has(event.type));
  const ids = concerned.flatMap((workflow) => {
    const keys = workflow.key(event) ?? [];
    return (typeof keys === 'string' ? [keys] : keys).map((key) => instanceId(workflow.name, key));
  });
  return isOutcome(event) ? [...new Set([...ids, instanceId(event.data.workflow, event.data.key)])] : ids;
}

function advance(
  workflow: AnyWorkflow,
  key: string,
  document: WorkflowInstance | undefined,
  event: RecordedEvent,
): WorkflowInstance | typeof removed | undefined {
  const before = document ?? begun(workflow, key, event);
  const told = isOutcome(event) && isOf(event, before) ? withOutcome(before, event) : before;
  const evolved = workflow.on.has(event.type) ? withEvent(workflow, told, event) : told;
  if (evolved === document) return document;
  return withDue(workflow, evolved) ?? (document && removed);
}

function begun({ name, initial }: AnyWorkflow, key: string, { id, position }: RecordedEvent): WorkflowInstance {
  const nothingYet = { settled: [], failing: null, broken: null, quarantined: null, due: null };
  return { workflow: name, key, began: position, beganWith: id, state: initial, ...nothingYet };
}

function withEvent(workflow: AnyWorkflow, instance: WorkflowInstance, event: RecordedEvent): WorkflowInstance {
  if (instance.broken !== null) return instance;
  try {
    const state = workflow.evolve(instance.state, event);
    return state === instance.state ? instance : { ...instance, state };
  } catch (fault) {
    // Thrown further, it would stop all workflows at this event for ever.
    return { ...instance, broken: reasonOf(fault) };
  }
}

function isOf(event: OutcomeRecorded, { workflow, key, began, beganWith }: WorkflowInstance): boolean {
  if (event.data.workflow !== workflow || event.data.key !== key) return false;
  return event.type === 'WorkflowReleased' || [beganWith, String(began)].includes(event.data.beganWith);
}

function withOutcome(instance: WorkflowInstance, event: OutcomeRecorded): WorkflowInstance {
  switch (event.type) {
    case 'WorkflowAttemptFailed': {
      const { todo, attempt, retryAt } = event.data;
      return { ...instance, failing: { todo, attempts: attempt, retryAt } };
    }
    case 'WorkflowQuarantined': {
      const { reason, attempts } = event.data;
      return { ...instance, quarantined: { reason, attempts, at: event.metadata.at } };
    }
    case 'WorkflowReleased':
      return { ...instance, failing: null, quarantined: null };
    case 'WorkflowToDoSettled':
      return { ...instance, settled: [...instance.settled, event.data.todo] };
  }
}

/** `undefined`: at rest. */
function withDue(workflow: AnyWorkflow, instance: WorkflowInstance): WorkflowInstance | undefined {
  const { broken, quarantined } = instance;
  if (broken !== null) return { ...instance, due: quarantined ? null : atOnce };
  try {
    const { settled, ...rest } = instance;
    const wanted = workflow.react(instance.state, instance.key);
    // What is wanted no more need not be remembered: a timer that comes again and again would fill the document.
    const kept = settled.filter((id) => wanted.some((todo) => todo.id === id));
    const todos = wanted.filter(({ id }) => !kept.includes(id));
    const left = { ...rest, settled: kept };
    const earliest = todos.map(({ due = atOnce }) => due).sort()[0];
    if (earliest === undefined) return undefined;
    const failing = todos.some(({ id }) => id === instance.failing?.todo) ? instance.failing : null;
    if (quarantined) return { ...left, failing, due: null };
    return { ...left, failing, due: failing && failing.retryAt > earliest ? failing.retryAt : earliest };
  } catch (fault) {
    return { ...instance, broken: reasonOf(fault), due: quarantined ? null : atOnce };
  }
}

/** What can be told of a fault without telling of whom: its code, never its message. */
export function reasonOf(fault: unknown): string {
  if (fault instanceof Fault) return fault.code;
  return fault instanceof Error ? fault.name : 'unknown';
}

function isOutcome(event: RecordedEvent): event is OutcomeRecorded {
  return outcomeTypes.has(event.type);
}
