import { teamRefusals } from '#access/team';
import type { TeamRefusal } from '#access/team';
import { userRefusals } from '#access/user';
import type { UserRefusal } from '#access/user';
import { attributesRefusals } from '#attributes/attributes';
import type { AttributesRefusal } from '#attributes/attributes';
import { businessHoursRefusals } from '#business-hours/calendars';
import type { BusinessHoursRefusal } from '#business-hours/calendars';
import { channelRefusals } from '#channels/channel';
import type { ChannelRefusal } from '#channels/channel';
import { groupsRefusals } from '#contact-groups/groups';
import type { GroupsRefusal } from '#contact-groups/groups';
import { contactRefusals, givenIdentityRefusals, mergeRefusals } from '#contacts/contact';
import type { ContactRefusal, CreationRefusal, MergeRefusal } from '#contacts/contact';
import { identityRefusals } from '#contacts/identity';
import { closingNotesRefusals } from '#conversations/closing-notes';
import type { ClosingNotesRefusal } from '#conversations/closing-notes';
import { conversationRefusals } from '#conversations/conversation';
import type { ConversationRefusal } from '#conversations/conversation';
import { priorityRefusals } from '#conversations/priority';
import type { PriorityRefusal } from '#conversations/priority';
import type { InboundRefusal } from '#conversations/inbound';
import { attemptsRefusals } from '#deletion-audit/attempts';
import type { AttemptsRefusal } from '#deletion-audit/attempts';
import { auditRefusals } from '#deletion-audit/audit';
import type { AuditRefusal } from '#deletion-audit/audit';
import { bulkDeletionRefusals } from '#deletion-audit/bulk-deletion';
import type { BulkDeletionRefusal } from '#deletion-audit/bulk-deletion';
import { erasureRefusals } from '#deletion-audit/contact-erasure';
import type { ErasureRefusal } from '#deletion-audit/contact-erasure';
import { redactionRefusals } from '#deletion-audit/redactions';
import type { RedactionRefusal } from '#deletion-audit/redactions';
import { topicsRefusals } from '#topics/topics';
import type { TopicsRefusal } from '#topics/topics';
import { collectionRefusals } from '#saved-replies/collection';
import type { CollectionRefusal } from '#saved-replies/collection';
import { sendingRefusals } from '#saved-replies/sending';
import type { SendingRefusal } from '#saved-replies/sending';
import type { DeliveryRefusal } from '#conversations/outbound';
import { linkRefusals } from '#linking/link';
import type { LinkRefusal } from '#linking/link';
import { settingsRefusals } from '#settings/settings';
import type { SettingsRefusal } from '#settings/settings';
import { routingRefusals } from '#routing/rules';
import type { RoutingRefusal } from '#routing/rules';
import type { ProblemType } from './problem-type.js';

type AnyRefusal =
  | AttributesRefusal
  | ChannelRefusal
  | ClosingNotesRefusal
  | ConversationRefusal
  | ContactRefusal
  | GroupsRefusal
  | LinkRefusal
  | SettingsRefusal
  | CreationRefusal
  | MergeRefusal
  | InboundRefusal
  | CollectionRefusal
  | SendingRefusal
  | DeliveryRefusal
  | PriorityRefusal
  | RoutingRefusal
  | BusinessHoursRefusal
  | TeamRefusal
  | TopicsRefusal
  | UserRefusal
  | AttemptsRefusal
  | AuditRefusal
  | BulkDeletionRefusal
  | ErasureRefusal
  | RedactionRefusal;

export type RefusalCode = AnyRefusal['code'];

/** The status of each refusal; the compiler asks for one when a rule gets a new code. */
const statuses: Readonly<Record<RefusalCode, number>> = {
  'not-found': 404,
  'id-scope-fixed': 409,
  'unknown-channel': 422,
  'access-to-all-channels': 409,
  'user-exists': 409,
  'unknown-user': 422,
  'not-at-work': 409,
  'no-place-free': 409,
  'busier-than-known': 409,
  'order-unknown-rule': 422,
  'unknown-zone': 422,
  'hours-misfit': 422,
  'unknown-calendar': 422,
  'default-calendar': 409,
  'team-archived': 409,
  'alias-taken': 409,
  'options-needed': 422,
  'options-not-taken': 422,
  'options-not-distinct': 422,
  'not-repeatable': 422,
  'option-taken': 409,
  'unknown-option': 404,
  'order-unknown-attribute': 422,
  'order-not-distinct': 422,
  'not-manageable': 422,
  'not-a-lookup': 422,
  'no-retention': 422,
  'conversation-open': 409,
  'conversation-closed': 409,
  'channel-disabled': 409,
  'not-reachable': 409,
  'assignee-without-access': 422,
  'unknown-team': 422,
  'reply-window-closed': 409,
  'snooze-over': 422,
  'unknown-topic': 422,
  'variable-without-value': 422,
  'unknown-variable': 422,
  'shortcut-taken': 409,
  'shared-by-admins': 403,
  'personal-not-shared': 422,
  'topic-exists': 409,
  'mentioned-without-access': 422,
  'terms-needed': 422,
  'unknown-group': 422,
  'closing-note-off': 409,
  'category-required': 422,
  'summary-required': 422,
  'unknown-category': 422,
  'nested-too-deep': 422,
  'not-closed': 409,
  'contact-deleted': 410,
  'contact-blocked': 409,
  'contact-merged': 409,
  'already-merged': 409,
  'merge-with-itself': 422,
  'secondary-deleted': 409,
  'winner-needed': 409,
  'unknown-winner': 422,
  'merge-undone': 409,
  'later-merge-first': 409,
  'unknown-attribute': 404,
  'platform-attribute': 403,
  'attribute-disabled': 403,
  'managed-attribute': 403,
  'source-not-allowed': 403,
  'attribute-misfit': 422,
  'vip-disabled': 409,
  'built-in-group': 409,
  'group-name-taken': 409,
  'condition-misfit': 422,
  'link-to-itself': 422,
  'not-a-matching-attribute': 422,
  'hint-mismatch': 409,
  'hint-changed': 409,
  'identity-owned': 409,
  'id-scope-needed': 422,
  'too-many-attempts': 429,
  'unknown-erasure': 404,
  'unknown-reason': 422,
  'count-changed': 409,
  'selection-changed': 409,
  'too-many-contacts': 422,
  'unknown-job': 404,
  'job-over': 409,
  'value-in-use': 409,
};

const refusals = [
  ...attributesRefusals,
  ...channelRefusals,
  ...closingNotesRefusals,
  ...conversationRefusals,
  ...contactRefusals,
  ...groupsRefusals,
  ...linkRefusals,
  ...settingsRefusals,
  ...givenIdentityRefusals,
  ...mergeRefusals,
  ...identityRefusals,
  ...collectionRefusals,
  ...sendingRefusals,
  ...teamRefusals,
  ...topicsRefusals,
  ...priorityRefusals,
  ...routingRefusals,
  ...businessHoursRefusals,
  ...userRefusals,
  ...attemptsRefusals,
  ...auditRefusals,
  ...erasureRefusals,
  ...bulkDeletionRefusals,
  ...redactionRefusals,
];

/** What the rules of the contexts say no with. */
export const refusalTypes: readonly (readonly [RefusalCode, ProblemType])[] = refusals.map(
  ({ code, rule, sentence }) => [code, { status: statuses[code], rule, sentence }],
);
