export type { GivenTerms } from './commands.js';
export { routingDirectory } from './directory.js';
export { picks, routingEvents } from './events.js';
export type { RoutingEvent, RoutingTarget, RoutingTerms, TeamPick } from './events.js';
export {
  AddRoutingRule,
  ArchiveRoutingRule,
  ChangeRoutingRule,
  ReorderRoutingRules,
  routingHandlers,
} from './handlers.js';
export { firstMatch } from './match.js';
export type { RoutingFacts } from './match.js';
export { routingRefusals } from './refusals.js';
export type { RoutingRefusal } from './refusals.js';
export type { RoutingRule, RoutingRules } from './state.js';
