import { conversationsAssignedTo } from '#conversations/queue';
import { takeOff } from '#conversations/conversation';
import type { CommandHeader, Position, WorkflowPorts } from '#event-sourcing';

const patienceMs = 5_000;

/**
 * Takes every conversation off the user that they cannot have any more. The queue gives the hint which these are; each
 * conversation decides for itself.
 */
export async function takeOffAll(
  ports: Pick<WorkflowPorts, 'models' | 'views' | 'runner' | 'ids'>,
  header: CommandHeader,
  { userId, offline }: { readonly userId: string; readonly offline: boolean },
): Promise<Position> {
  const { models, views, ids } = ports;
  await models.waitFor(views.position, patienceMs);
  let position = 0;
  for (const conversationId of await conversationsAssignedTo(models, userId)) {
    const commandId = ids.derivedUuid('take-off', header.commandId, conversationId);
    const own = { ...header, commandId, causationId: header.commandId };
    position = Math.max(position, await takeOff(ports, own, { conversationId, userId, offline }));
  }
  return position;
}
