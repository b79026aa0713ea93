import { matches } from '#contact-groups/condition';
import type { Circumstances, ContactTraits } from '#contact-groups/condition';
import type { RoutingTerms } from './events.js';
import type { RoutingRule, RoutingRules } from './state.js';

/** What the rules ask of a conversation and its contact. */
export interface RoutingFacts {
  /** The current channel. */
  readonly channelId: string;
  readonly topicIds: readonly string[];
  /** Ids of the groups that the contact is in; `vip` is one. */
  readonly groups: readonly string[];
  readonly contact: ContactTraits;
  readonly businessHours: 'open' | 'closed';
  readonly circumstances: Circumstances;
}

/** ASG-7: the first rule that matches; whether it finds somebody or not, no other is asked. */
export function firstMatch(rules: RoutingRules, facts: RoutingFacts): RoutingRule | undefined {
  return rules.find(({ archived, when }) => !archived && holds(when, facts));
}

function holds(when: RoutingTerms, facts: RoutingFacts): boolean {
  const { channelId, group, topicId, attribute, language, businessHours } = when;
  return (
    (channelId === undefined || facts.channelId === channelId) &&
    (group === undefined || facts.groups.includes(group)) &&
    (topicId === undefined || facts.topicIds.includes(topicId)) &&
    (businessHours === undefined || facts.businessHours === businessHours) &&
    (attribute === undefined || matches(attribute, facts.contact, facts.circumstances)) &&
    (language === undefined || speaks(facts.contact, language))
  );
}

/** RFC 4647, basic filtering: `nl` is for `nl-BE`, and not the other way round. */
function speaks({ values }: ContactTraits, range: string): boolean {
  const wanted = range.toLowerCase();
  return values.some(({ alias, medium, value }) => {
    if (alias !== 'language' || medium !== null || typeof value !== 'string') return false;
    const spoken = value.toLowerCase();
    return spoken === wanted || spoken.startsWith(`${wanted}-`);
  });
}
