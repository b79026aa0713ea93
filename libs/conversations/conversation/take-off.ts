import { StreamGone } from '#event-sourcing';
import type { CommandHeader, CommandRunner, LiveViews, Position } from '#event-sourcing';
import { assignedUser } from './assignees.js';
import { conversationDecider } from './decide.js';
import { conversationStream } from './events.js';

/**
 * Takes the conversation off the user if they cannot have it any more: they lack its current channel, have left, or,
 * where `offline` matters, are offline while somebody waits (ASG-3, ASG-6). Answers 0 when there was nothing to do.
 */
export async function takeOff(
  { runner, views }: { readonly runner: CommandRunner; readonly views: LiveViews },
  header: CommandHeader,
  { conversationId, userId, offline }: { conversationId: string; userId: string; offline: boolean },
): Promise<Position> {
  const known = assignedUser(views, { userId });
  if (!known) return 0;
  const assigned = { ...known, offline: offline && known.offline };
  const command = { ...header, type: 'TakeOff', access: 'all', assigned } as const;
  try {
    const result = await runner.run(conversationDecider, conversationStream(conversationId), command);
    return result.accepted ? result.position : 0;
  } catch (fault) {
    if (fault instanceof StreamGone) return 0;
    throw fault;
  }
}
