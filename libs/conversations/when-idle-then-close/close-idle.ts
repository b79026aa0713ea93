import { retentionOf } from '#attributes/attributes';
import { PreconditionFailed, StreamGone } from '#event-sourcing';
import type { ToDoContext, WorkflowPorts } from '#event-sourcing';
import { closingNoteRules, closingNotesDirectory } from '../closing-notes/index.js';
import { conversationsModel } from '../conversation-view/document.js';
import type { ConversationDocument } from '../conversation-view/document.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationStream } from '../conversation/events.js';

const atOnce = 100;

/**
 * Closes what has been answered on the channel and then lain still for so long (CNV-8); who waits, and what is snoozed,
 * is not idle. The model says which; each close holds only if nothing has happened since at all.
 */
export async function closeIdle(
  { runner, models, views, ids, clock }: WorkflowPorts,
  after: string,
  { key: channelId, header }: ToDoContext,
): Promise<void> {
  const before = new Date(Date.parse(clock.now()) - (retentionOf(after) ?? Infinity)).toISOString();
  const where = { status: 'pending', channelId, lastMessageAt: { lt: before } };
  const list = { where, sort: { lastMessageAt: 1 }, limit: atOnce } as const;
  const rules = closingNoteRules(views.read(closingNotesDirectory));
  // The last one of a page goes on where it ended; what is closed does not come back.
  let beyond: readonly [string, string] | undefined;
  for (;;) {
    const idle = await models.page<ConversationDocument>(conversationsModel, { ...list, after: beyond });
    for (const { _id: conversationId, revision } of idle) {
      const commandId = ids.derivedUuid(header.commandId, conversationId);
      const command = { ...header, commandId, type: 'CloseAutomatically', cause: 'inactivity', rules } as const;
      try {
        await runner.run(conversationDecider, conversationStream(conversationId), command, { ifRevision: revision });
      } catch (fault) {
        // Something happened meanwhile, or the contact was erased: it is not idle.
        if (!(fault instanceof PreconditionFailed) && !(fault instanceof StreamGone)) throw fault;
      }
    }
    const last = idle.at(-1);
    if (!last || idle.length < atOnce) return;
    beyond = [last.lastMessageAt, last._id];
  }
}
