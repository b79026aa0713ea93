import { workflowsProjection } from '#event-sourcing';
import type { AnyWorkflow, CommandHeader, ToDo, WorkflowInstance, WorkflowPorts } from '#event-sourcing';
import { collect } from './collect.js';
import { projectedDocuments } from './projected-documents.js';

/** A to-do that is due, with its instance. */
export interface DueToDo {
  readonly key: string;
  readonly began: number;
  readonly todo: ToDo;
}

/** What the workflow wants done by now, as the events in the store say. */
export async function dueToDos(
  workflow: AnyWorkflow,
  { store, clock }: Pick<WorkflowPorts, 'store' | 'clock'>,
): Promise<readonly DueToDo[]> {
  const projection = workflowsProjection([workflow]);
  const instances = projectedDocuments(projection, await collect(store.readAll())).values();
  return [...(instances as Iterable<WorkflowInstance>)].flatMap(({ key, began, state, settled }) =>
    workflow
      .react(state, key)
      .filter(({ id, due }) => !settled.includes(id) && (due ?? '') <= clock.now())
      .map((todo) => ({ key, began, todo })),
  );
}

/** Does what is due again and again until nothing is, without the engine. Answers how many rounds it took. */
export async function settleWorkflow(workflow: AnyWorkflow, ports: WorkflowPorts): Promise<number> {
  const performer = workflow.performer(ports);
  const done = new Set<string>();
  for (let rounds = 0; ; rounds++) {
    const due = (await dueToDos(workflow, ports)).filter((each) => !done.has(idOf(each)));
    if (due.length === 0) return rounds;
    for (const each of due) {
      await performer.perform(each.todo, { key: each.key, header: headerOf(workflow, ports, each) });
      done.add(idOf(each));
    }
  }
}

const idOf = ({ key, began, todo }: DueToDo): string => `${key} ${began} ${todo.id}`;

function headerOf(
  workflow: AnyWorkflow,
  { ids, clock }: Pick<WorkflowPorts, 'ids' | 'clock'>,
  due: DueToDo,
): CommandHeader {
  const commandId = ids.derivedUuid(workflow.name, idOf(due));
  const header = { commandId, commandHash: commandId, correlationId: commandId, causationId: commandId };
  return { ...header, actor: { id: workflow.name, role: 'workflow' }, at: clock.now() };
}
