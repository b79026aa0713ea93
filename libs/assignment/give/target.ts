import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import { businessHoursDirectory, isOpen } from '#business-hours/calendars';
import { dayOfInstant } from '#contact-groups/condition';
import { groupDirectory, groupsOf } from '#contact-groups/groups';
import { contactTraits } from '#contacts/contact';
import type { ConversationAtHand } from '#conversations/conversation';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, WorkflowPorts } from '#event-sourcing';
import { firstMatch, routingDirectory } from '#routing/rules';
import type { RoutingTarget } from '#routing/rules';

/** Who may have it by the first matching rule; `undefined`: nobody, or the contact is about to be erased. */
export async function targetFor(
  ports: WorkflowPorts,
  header: CommandHeader,
  conversation: ConversationAtHand,
): Promise<RoutingTarget | undefined> {
  const to = await namedFor(ports, header, conversation);
  return to && mayHave(to, conversation) ? to : undefined;
}

/** What a team has stays with it: only a pick in that team finds somebody. */
const mayHave = (to: RoutingTarget, { assignee: { teamId } }: ConversationAtHand): boolean =>
  teamId === undefined || ('pick' in to && to.teamId === teamId);

/** Whom the first matching rule names; `undefined`: none matches, or the contact is about to be erased. */
async function namedFor(
  { runner, views }: WorkflowPorts,
  { at }: CommandHeader,
  { contactId, channelId, topicIds, assignee: { teamId } }: ConversationAtHand,
): Promise<RoutingTarget | undefined> {
  const rules = views.read(routingDirectory);
  if (rules.length === 0) return undefined;
  try {
    const contact = await contactTraits(runner, contactId);
    if (!contact) return undefined;
    const catalogue = views.read(attributeDirectory);
    const groups = groupsOf(contact, { groups: views.read(groupDirectory), catalogue });
    const circumstances = { day: dayOfInstant(at), vipEnabled: vipEnabled(catalogue) };
    const open = isOpen(views.read(businessHoursDirectory), { teamId, channelId }, at);
    const businessHours = open ? 'open' : 'closed';
    return firstMatch(rules, { channelId, topicIds, groups, contact, circumstances, businessHours })?.to;
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
}
