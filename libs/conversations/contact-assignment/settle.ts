import { accessDirectory, channelAccessOf, receiverOf } from '#access/user';
import type { Target } from '#access/user';
import { settleContactAssignee } from '#contacts/contact';
import type { ContactRefusal } from '#contacts/contact';
import type { CommandHeader, Origin, Position } from '#event-sourcing';
import { lastConversation, newestLink } from '../chain/index.js';
import type { BegunConversation, ConversationPorts } from '../chain/index.js';
import { touch } from '../conversation/touch.js';
import type { ConversationRefusal } from '../conversation/refusals.js';

export type ContactAssignmentResult =
  | {
      readonly accepted: true;
      readonly position: Position;
      /** Of the contact's stream, when it was the contact that was assigned. */
      readonly revision?: number;
    }
  | { readonly accepted: false; readonly refusal: ContactRefusal | ConversationRefusal };

/** ASG-4: an assignment made while a conversation is open is the conversation's, else it is the contact's. */
export async function assignContact(
  ports: ConversationPorts,
  origin: Origin,
  { contactId, to: target }: { readonly contactId: string; readonly to: Target },
): Promise<ContactAssignmentResult> {
  const to = receiverOf(ports.views.read(accessDirectory), target);
  const assignOpen = (header: CommandHeader, { conversationId }: BegunConversation, keyed: boolean | undefined) =>
    touch(ports, { header, options: { keyed } }, conversationId, ({ access }) => {
      return { ...header, type: 'Assign', access, to, cause: 'hand' };
    });
  const { header, options } = origin;
  const newest = await newestOf(ports, contactId);
  if (newest === 'gone') return refused({ code: 'contact-deleted' });
  if (newest?.phase === 'open') return withoutRevision(await assignOpen(header, newest, options.keyed));
  const facts = betweenConversations(ports, header, newest);
  const result = await settleContactAssignee(ports.runner, { ...facts, type: 'AssignContact', contactId, to }, options);
  if (!result.accepted) return result;
  // One that opened meanwhile went by whose the contact was before.
  const since = await newestOf(ports, contactId);
  if (since === 'gone' || since?.phase !== 'open') return result;
  const commandId = ports.ids.derivedUuid('assign-opened-meanwhile', header.commandId);
  const assigned = await assignOpen({ ...header, commandId, causationId: header.commandId }, since, false);
  return assigned.accepted ? { ...result, position: Math.max(result.position, assigned.position) } : result;
}

/** ASG-4: possible while no conversation is open. */
export async function unassignContact(
  ports: ConversationPorts,
  { header, options }: Origin,
  contactId: string,
): Promise<ContactAssignmentResult> {
  const newest = await newestOf(ports, contactId);
  if (newest === 'gone') return refused({ code: 'contact-deleted' });
  const openConversationId = newest?.phase === 'open' ? newest.conversationId : undefined;
  const facts = { ...betweenConversations(ports, header, newest), openConversationId };
  return settleContactAssignee(ports.runner, { ...facts, type: 'UnassignContact', contactId }, options);
}

async function newestOf(
  { chains }: ConversationPorts,
  contactId: string,
): Promise<BegunConversation | 'gone' | undefined> {
  const head = await chains.head(contactId, { fresh: true });
  if (head.kind === 'gone') return 'gone';
  return lastConversation(chains, contactId, newestLink(head));
}

function betweenConversations(
  { views }: ConversationPorts,
  header: CommandHeader,
  newest: BegunConversation | undefined,
) {
  const access = channelAccessOf(views.read(accessDirectory), header.actor);
  return { ...header, access, afterConversation: newest?.number ?? 0, heldBy: newest?.assignee ?? {} };
}

const refused = (refusal: ContactRefusal | ConversationRefusal): ContactAssignmentResult => ({
  accepted: false,
  refusal,
});

/** The address shows the contact: the revision of its conversation would be taken for the contact's. */
function withoutRevision(result: Awaited<ReturnType<typeof touch>>): ContactAssignmentResult {
  return result.accepted ? { accepted: true, position: result.position } : result;
}
