import { instanceId, workflowsModel } from '#event-sourcing';
import type { ReadModels, WorkflowInstance } from '#event-sourcing';
import { contactCount } from '../members/index.js';
import type { Search } from './todo.js';

export const workflowName = 'find-group-members';

/** How far the search for the members of a group has got: so many contacts looked at, of so many. */
export interface SearchProgress {
  readonly checked: number;
  readonly of: number;
}

export async function searchProgress(models: ReadModels, groupId: string): Promise<SearchProgress> {
  const [instance, of] = await Promise.all([
    models.get<WorkflowInstance>(workflowsModel, instanceId(workflowName, groupId)),
    contactCount(models),
  ]);
  const { checked = 0 } = (instance?.state as Search | undefined) ?? {};
  return { checked: Math.min(checked, of), of };
}
