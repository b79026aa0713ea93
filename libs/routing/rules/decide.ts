import { readCondition } from '#contact-groups/condition';
import type { Test } from '#contact-groups/condition';
import type { Decider } from '#event-sourcing';
import type { ChangeRoutingRule, GivenTerms, Nameable, ReorderRoutingRules, RoutingCommand } from './commands.js';
import type { RoutingEvent, RoutingTarget, RoutingTerms } from './events.js';
import type { RoutingRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { RoutingRule, RoutingRules } from './state.js';

type Decision = readonly RoutingEvent[] | RoutingRefusal;

/** The rules that say who is given a conversation, and their order (ASG-7). */
export const routingDecider: Decider<RoutingCommand, RoutingEvent, RoutingRules, RoutingRefusal> = {
  initial,
  evolve,
  decide,
};

function decide(command: RoutingCommand, rules: RoutingRules): Decision {
  if (command.type === 'ReorderRoutingRules') return reorder(command, rules);
  const { ruleId } = command;
  const rule = rules.find((candidate) => candidate.ruleId === ruleId);
  if (command.type === 'AddRoutingRule') {
    if (rule) return [];
    const { name, to, nameable } = command;
    const read = readTerms(command.when, nameable);
    if ('code' in read) return read;
    const refusal = unknownTarget(to, nameable);
    if (refusal) return refusal;
    return [{ type: 'RoutingRuleAdded', data: { ruleId, ...(name !== undefined && { name }), when: read.when, to } }];
  }
  if (!rule) return { code: 'not-found' };
  switch (command.type) {
    case 'ChangeRoutingRule':
      return rule.archived ? { code: 'not-found' } : change(command, rule);
    case 'ArchiveRoutingRule':
      return rule.archived ? [] : [{ type: 'RoutingRuleArchived', data: { ruleId } }];
  }
}

function change({ name, to, nameable, ...command }: ChangeRoutingRule, rule: RoutingRule): Decision {
  const { ruleId } = rule;
  const read = command.when && readTerms(command.when, nameable);
  if (read && 'code' in read) return read;
  const refusal = to && unknownTarget(to, nameable);
  if (refusal) return refusal;
  const events: RoutingEvent[] = [];
  if (name !== undefined && name !== rule.name) events.push({ type: 'RoutingRuleRenamed', data: { ruleId, name } });
  if (read && !isSame(read.when, rule.when)) {
    events.push({ type: 'RoutingTermsChanged', data: { ruleId, when: read.when } });
  }
  if (to && !isSame(to, rule.to)) events.push({ type: 'RoutingTargetChanged', data: { ruleId, to } });
  return events;
}

function reorder({ ruleIds }: ReorderRoutingRules, rules: RoutingRules): Decision {
  const unknown = ruleIds.find((id) => !rules.some(({ ruleId, archived }) => ruleId === id && !archived));
  if (unknown !== undefined) return { code: 'order-unknown-rule', ruleId: unknown };
  if (new Set(ruleIds).size < ruleIds.length) return { code: 'order-not-distinct' };
  const reordered: RoutingEvent = { type: 'RoutingRulesReordered', data: { ruleIds } };
  return evolve(rules, reordered).every((rule, place) => rule === rules[place]) ? [] : [reordered];
}

/** In one way of writing, so that the same terms are known again. */
function readTerms(given: GivenTerms, nameable: Nameable): { readonly when: RoutingTerms } | RoutingRefusal {
  const { channelId, group, topicId, attribute, language, businessHours } = given;
  if (channelId !== undefined && !nameable.channels.has(channelId)) return { code: 'unknown-channel', channelId };
  if (group !== undefined && !nameable.groups.has(group)) return { code: 'unknown-group', groupId: group };
  if (topicId !== undefined && !nameable.topics.has(topicId)) return { code: 'unknown-topic', topicId };
  const test = attribute && readAttribute(attribute, nameable);
  if (test && 'code' in test) return test;
  return {
    when: {
      ...(channelId !== undefined && { channelId }),
      ...(group !== undefined && { group }),
      ...(topicId !== undefined && { topicId }),
      ...(test && { attribute: test }),
      ...(language !== undefined && { language }),
      ...(businessHours !== undefined && { businessHours }),
    },
  };
}

function readAttribute(
  { alias, operator, value }: NonNullable<GivenTerms['attribute']>,
  { conditions }: Nameable,
): Test | RoutingRefusal {
  const read = readCondition({ field: `attribute.${alias}`, operator, value }, conditions);
  if (read.ok && 'field' in read.condition) return read.condition;
  const { pointer, reason } = read.ok ? { pointer: '', reason: 'not-a-condition' as const } : read;
  return { code: 'condition-misfit', pointer: `/when/attribute${pointer.replace('/field', '/alias')}`, reason };
}

function unknownTarget(to: RoutingTarget, { users, teams }: Nameable): RoutingRefusal | undefined {
  if ('userId' in to) return users.has(to.userId) ? undefined : { code: 'unknown-user', userId: to.userId };
  return teams.has(to.teamId) ? undefined : { code: 'unknown-team', teamId: to.teamId };
}

/** Both were written in one order. */
const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);
