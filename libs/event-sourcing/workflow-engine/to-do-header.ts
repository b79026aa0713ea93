import type { CommandHeader } from '../decider.js';
import type { Position } from '../event.js';
import type { WorkflowPorts } from '../workflow.js';

/**
 * What a command for a to-do carries; the same each time it is done. With the position of the instance's beginning, so
 * that the same to-do of a later instance of the key is another one.
 */
export function toDoHeader(
  { ids, clock }: Pick<WorkflowPorts, 'ids' | 'clock'>,
  workflow: string,
  { key, began, id }: { readonly key: string; readonly began: Position; readonly id: string },
): CommandHeader {
  const parts = [workflow, key, String(began), id];
  const commandId = ids.derivedUuid('workflow', ...parts);
  return {
    commandId,
    commandHash: ids.keyed('workflow', ...parts),
    correlationId: commandId,
    causationId: commandId,
    actor: { id: workflow, role: 'workflow' },
    at: clock.now(),
  };
}
