import type { CommandHeader } from '../decider.js';
import type { WorkflowPorts } from '../workflow.js';

/**
 * What a command for a to-do carries; the same each time it is done. The event that the instance began with is its cause
 * (HIS-1), and part of its id, so that the same to-do of a later instance of the key is another one.
 */
export function toDoHeader(
  { ids, clock }: Pick<WorkflowPorts, 'ids' | 'clock'>,
  workflow: string,
  { key, beganWith, id }: { readonly key: string; readonly beganWith: string; readonly id: string },
): CommandHeader {
  const parts = [workflow, key, beganWith, id];
  const commandId = ids.derivedUuid('workflow', ...parts);
  return {
    commandId,
    commandHash: ids.keyed('workflow', ...parts),
    correlationId: commandId,
    causationId: beganWith,
    actor: { id: workflow, role: 'workflow' },
    at: clock.now(),
  };
}
