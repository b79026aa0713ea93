import type { RoutingEvent, RoutingTarget, RoutingTerms } from './events.js';

export interface RoutingRule {
  readonly ruleId: string;
  readonly name?: string;
  readonly when: RoutingTerms;
  readonly to: RoutingTarget;
  readonly archived: boolean;
}

/** In the order in which they are asked. */
export type RoutingRules = readonly RoutingRule[];

export const initial: RoutingRules = [];

export function evolve(rules: RoutingRules, event: RoutingEvent): RoutingRules {
  switch (event.type) {
    case 'RoutingRuleAdded': {
      const { ruleId, name, when, to } = event.data;
      if (rules.some((rule) => rule.ruleId === ruleId)) return rules;
      return [...rules, { ruleId, ...(name !== undefined && { name }), when, to, archived: false }];
    }
    case 'RoutingRuleRenamed':
      return changed(rules, event.data.ruleId, { name: event.data.name });
    case 'RoutingTermsChanged':
      return changed(rules, event.data.ruleId, { when: event.data.when });
    case 'RoutingTargetChanged':
      return changed(rules, event.data.ruleId, { to: event.data.to });
    case 'RoutingRulesReordered': {
      const { ruleIds } = event.data;
      const first = ruleIds.flatMap((id) => rules.filter(({ ruleId }) => ruleId === id));
      return [...first, ...rules.filter(({ ruleId }) => !ruleIds.includes(ruleId))];
    }
    case 'RoutingRuleArchived':
      return changed(rules, event.data.ruleId, { archived: true });
  }
}

function changed(rules: RoutingRules, ruleId: string, change: Partial<RoutingRule>): RoutingRules {
  return rules.map((rule) => (rule.ruleId === ruleId ? { ...rule, ...change } : rule));
}
