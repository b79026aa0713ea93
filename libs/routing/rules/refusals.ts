import type { ConditionMisfit } from '#contact-groups/condition';
import type { Refusal } from '#event-sourcing';

export type RoutingRefusal =
  | Refusal<'not-found'>
  | (Refusal<'unknown-channel'> & { readonly channelId: string })
  | (Refusal<'unknown-group'> & { readonly groupId: string })
  | (Refusal<'unknown-topic'> & { readonly topicId: string })
  | (Refusal<'unknown-user'> & { readonly userId: string })
  | (Refusal<'unknown-team'> & { readonly teamId: string })
  | (Refusal<'condition-misfit'> & { readonly pointer: string; readonly reason: ConditionMisfit })
  | (Refusal<'order-unknown-rule'> & { readonly ruleId: string })
  | Refusal<'order-not-distinct'>;

export const routingRefusals: readonly {
  readonly code: RoutingRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'order-unknown-rule',
    rule: 'ASG-7',
    sentence: 'The order names a routing rule that is not there; it is named.',
  },
];
