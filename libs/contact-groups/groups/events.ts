import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import type { Circumstances, Condition } from '../condition/index.js';

/** One stream: the groups that admins have made. */
export const groupsStream = 'groups';

/**
 * What the members of a group are found by. Each new one gets the next version; the members by the version before
 * stay the group's until those by this one are all found.
 */
export interface GroupTerms extends Circumstances {
  readonly version: number;
  readonly condition: Condition;
}

interface OfGroup {
  readonly groupId: string;
}

/** A named condition over contacts. */
export type ContactGroupDefined = DomainEvent<'ContactGroupDefined', OfGroup & GroupTerms & { readonly name: string }>;
/** The group is called otherwise. */
export type ContactGroupRenamed = DomainEvent<'ContactGroupRenamed', OfGroup & { readonly name: string }>;
/** The admin changed the condition. */
export type ContactGroupConditionChanged = DomainEvent<'ContactGroupConditionChanged', OfGroup & GroupTerms>;
/** The same condition means others now: a day has begun, or VIP was switched on or off. */
export type ContactGroupCircumstancesChanged = DomainEvent<
  'ContactGroupCircumstancesChanged',
  OfGroup & Circumstances & { readonly version: number }
>;
/** All members by this version are found: it is in force. */
export type ContactGroupTookEffect = DomainEvent<'ContactGroupTookEffect', OfGroup & { readonly version: number }>;
/** The group has no members any more, and nothing can be made dependent on it. */
export type ContactGroupArchived = DomainEvent<'ContactGroupArchived', OfGroup>;

export type GroupsEvent =
  | ContactGroupDefined
  | ContactGroupRenamed
  | ContactGroupConditionChanged
  | ContactGroupCircumstancesChanged
  | ContactGroupTookEffect
  | ContactGroupArchived;

const terms = { version: field('number'), day: field('code'), vipEnabled: field('boolean') };
const groupId = field('id');

export const groupsEvents = {
  categories: [groupsStream],
  definitions: [
    defineEvent<ContactGroupDefined>({
      type: 'ContactGroupDefined',
      version: 1,
      sentence: 'A named condition over contacts; its members are found from now on.',
      fields: { groupId, name: field('label'), condition: field('json'), ...terms },
    }),
    defineEvent<ContactGroupRenamed>({
      type: 'ContactGroupRenamed',
      version: 1,
      sentence: 'The group is called otherwise.',
      fields: { groupId, name: field('label') },
    }),
    defineEvent<ContactGroupConditionChanged>({
      type: 'ContactGroupConditionChanged',
      version: 1,
      sentence: 'The admin changed the condition; the members by the one before stay until all by this one are found.',
      fields: { groupId, condition: field('json'), ...terms },
    }),
    defineEvent<ContactGroupCircumstancesChanged>({
      type: 'ContactGroupCircumstancesChanged',
      version: 1,
      sentence: 'The same condition means others now: a day has begun, or VIP was switched on or off.',
      fields: { groupId, ...terms },
    }),
    defineEvent<ContactGroupTookEffect>({
      type: 'ContactGroupTookEffect',
      version: 1,
      sentence: 'All members by this version of the condition are found: it is in force.',
      fields: { groupId, version: field('number') },
    }),
    defineEvent<ContactGroupArchived>({
      type: 'ContactGroupArchived',
      version: 1,
      sentence: 'The group has no members any more, and nothing can be made dependent on it.',
      fields: { groupId },
    }),
  ],
};
