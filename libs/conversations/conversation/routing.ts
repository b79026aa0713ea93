import type { Receiver } from '#access/user';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, CommandRunner, LiveViews, Position } from '#event-sourcing';
import { routingDirectory } from '#routing/rules';
import type { Route } from './commands.js';
import { conversationDecider } from './decide.js';
import { conversationStream } from './events.js';
import type { Assignee } from './open-conversation.js';

/** What an opening says when routing is to find somebody (ASG-7). */
export function asksRouting(views: LiveViews, kept: Assignee): { readonly toRoute?: true } {
  const somebodyHasIt = kept.userId !== undefined;
  return !somebodyHasIt && views.read(routingDirectory).some(({ archived }) => !archived) ? { toRoute: true } : {};
}

/** What routing may know of an open conversation. */
export interface ConversationAtHand {
  readonly conversationId: string;
  readonly contactId: string;
  readonly status: 'new' | 'pending' | 'snoozed';
  /** The current channel. */
  readonly channelId: string;
  readonly topicIds: readonly string[];
  readonly assignee: Assignee;
}

/** The conversation as it is in the store; `undefined`: it is not open (any more). */
export async function conversationAtHand(
  runner: CommandRunner,
  conversationId: string,
): Promise<ConversationAtHand | undefined> {
  try {
    const { state } = await runner.load(conversationDecider, conversationStream(conversationId), { fresh: true });
    if (state.phase !== 'open') return undefined;
    const { contactId, status, current, topicIds, assignee } = state;
    return { conversationId, contactId, status, channelId: current.channelId, topicIds, assignee };
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
}

/**
 * Gives the conversation to whom a rule found. `taken`: it is closed, or somebody has it by now; `unfit`: they cannot
 * have it (any more).
 */
export async function routeConversation(
  runner: CommandRunner,
  header: CommandHeader,
  {
    conversationId,
    ...route
  }: { readonly conversationId: string; readonly to: Receiver } & Pick<Route, 'pickedIn' | 'after'>,
): Promise<{ readonly given: Position } | 'taken' | 'unfit'> {
  const command = { ...header, type: 'Route', access: 'all', ...route } as const;
  try {
    const result = await runner.run(conversationDecider, conversationStream(conversationId), command);
    if (result.accepted) return result.events.length > 0 ? { given: result.position } : 'taken';
    return result.refusal.code === 'assignee-without-access' || result.refusal.code === 'unknown-team'
      ? 'unfit'
      : 'taken';
  } catch (fault) {
    if (fault instanceof StreamGone) return 'taken';
    throw fault;
  }
}
