import type { CallerRole } from './caller.js';

/**
 * Who may call a route. `public`: anyone; `signed`: whoever holds the channel's secret (checked by the route itself).
 * `admin` may call whatever `agent` may.
 */
export type Access = 'public' | 'signed' | readonly CallerRole[];

/**
 * What access to channels does to a route for the roles that have it channel by channel (ASG-6). `open`: nothing;
 * `hidden`: 404 for what lives only on channels that the caller lacks; `filtered`: it is left out of the answer.
 */
export type Reach = 'open' | 'hidden' | 'filtered';

export interface RouteAccess {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the router knows it: `/v1/channels/:channelId`. */
  readonly path: string;
  readonly access: Access;
  readonly reach: Reach;
}

const admin: Access = ['admin'];
const agent: Access = ['admin', 'agent'];
const inbox: Access = ['admin', 'agent', 'service'];
const configuration: Access = ['admin', 'agent', 'service', 'analyst'];
const history: Access = ['admin', 'agent', 'service', 'auditor'];
const audit: Access = ['admin', 'auditor'];

/** A path that names a contact or what is one's hides it, if nothing else is said. */
const route = (
  method: RouteAccess['method'],
  path: string,
  access: Access,
  reach: Reach = /:(?:contact|conversation|merge)Id/.test(path) ? 'hidden' : 'open',
): RouteAccess => ({ method, path, access, reach });

/**
 * Every route of the product, once. A route that is not listed stops the start; a listed one that is missing fails a
 * test.
 */
export const routeAccess: readonly RouteAccess[] = [
  route('GET', '/health/live', 'public'),
  route('GET', '/health/ready', 'public'),
  route('GET', '/metrics', 'public'),
  route('GET', '/openapi.json', 'public'),

  route('POST', '/v1/channels', admin),
  route('GET', '/v1/channels', configuration, 'filtered'),
  route('GET', '/v1/channels/:channelId', configuration, 'hidden'),
  route('PATCH', '/v1/channels/:channelId', admin),
  route('POST', '/v1/channels/:channelId/inbound', ['service']),
  route('POST', '/v1/channels/:channelId/deliveries', ['service']),
  route('GET', '/v1/webhooks/whatsapp/:channelId', 'signed'),
  route('POST', '/v1/webhooks/whatsapp/:channelId', 'signed'),

  route('POST', '/v1/users', admin),
  route('GET', '/v1/users', configuration),
  route('GET', '/v1/users/:userId', configuration),
  route('PATCH', '/v1/users/:userId', admin),
  route('DELETE', '/v1/users/:userId', admin),
  route('PUT', '/v1/users/:userId/channels', admin),

  route('PUT', '/v1/presence', agent),
  route('POST', '/v1/presence/heartbeat', agent),

  route('POST', '/v1/teams', admin),
  route('GET', '/v1/teams', configuration),
  route('GET', '/v1/teams/:teamId', configuration),
  route('PATCH', '/v1/teams/:teamId', admin),
  route('DELETE', '/v1/teams/:teamId', admin),
  route('PUT', '/v1/teams/:teamId/channels', admin),
  route('PUT', '/v1/teams/:teamId/members', admin),

  route('POST', '/v1/attributes', admin),
  route('GET', '/v1/attributes', configuration),
  route('GET', '/v1/attributes/:alias', configuration),
  route('PUT', '/v1/attributes/order', admin),
  route('GET', '/v1/attributes/:alias/retention/preview', admin),
  route('PATCH', '/v1/attributes/:alias', admin),
  route('POST', '/v1/attributes/:alias/options', admin),
  route('DELETE', '/v1/attributes/:alias/options/:optionId', admin),

  route('PATCH', '/v1/settings', admin),
  route('GET', '/v1/settings', configuration),
  route('POST', '/v1/priority-scores', admin),
  route('GET', '/v1/priority-scores', configuration),
  route('GET', '/v1/priority-scores/:scoreId', configuration),
  route('PATCH', '/v1/priority-scores/:scoreId', admin),
  route('DELETE', '/v1/priority-scores/:scoreId', admin),
  route('POST', '/v1/business-hours', admin),
  route('GET', '/v1/business-hours', configuration),
  route('GET', '/v1/business-hours/time', configuration),
  route('GET', '/v1/business-hours/:calendarId', configuration),
  route('PATCH', '/v1/business-hours/:calendarId', admin),
  route('DELETE', '/v1/business-hours/:calendarId', admin),
  route('PUT', '/v1/channels/:channelId/business-hours', admin),
  route('DELETE', '/v1/channels/:channelId/business-hours', admin),
  route('PUT', '/v1/teams/:teamId/business-hours', admin),
  route('DELETE', '/v1/teams/:teamId/business-hours', admin),
  route('POST', '/v1/routing-rules', admin),
  route('GET', '/v1/routing-rules', configuration),
  route('PUT', '/v1/routing-rules/order', admin),
  route('GET', '/v1/routing-rules/:ruleId', configuration),
  route('PATCH', '/v1/routing-rules/:ruleId', admin),
  route('DELETE', '/v1/routing-rules/:ruleId', admin),
  route('POST', '/v1/closing-categories', admin),
  route('GET', '/v1/closing-categories', configuration),
  route('GET', '/v1/closing-categories/:categoryId', configuration),
  route('PATCH', '/v1/closing-categories/:categoryId', admin),
  route('DELETE', '/v1/closing-categories/:categoryId', admin),

  route('POST', '/v1/groups', admin),
  route('GET', '/v1/groups', configuration),
  route('GET', '/v1/groups/:groupId', configuration),
  route('PATCH', '/v1/groups/:groupId', admin),
  route('DELETE', '/v1/groups/:groupId', admin),
  route('GET', '/v1/groups/:groupId/members', ['admin', 'service']),

  route('POST', '/v1/topics', admin),
  route('GET', '/v1/topics', configuration),
  route('GET', '/v1/topics/:topicId', configuration),
  route('PATCH', '/v1/topics/:topicId', admin),
  route('DELETE', '/v1/topics/:topicId', admin),

  route('POST', '/v1/saved-reply-collections', agent),
  route('GET', '/v1/saved-reply-collections', agent, 'filtered'),
  route('GET', '/v1/saved-reply-collections/:collectionId', agent, 'hidden'),
  route('PATCH', '/v1/saved-reply-collections/:collectionId', agent),
  route('DELETE', '/v1/saved-reply-collections/:collectionId', agent),
  route('POST', '/v1/saved-reply-collections/:collectionId/replies', agent),
  route('PATCH', '/v1/saved-reply-collections/:collectionId/replies/:replyId', agent),
  route('DELETE', '/v1/saved-reply-collections/:collectionId/replies/:replyId', agent),
  route('GET', '/v1/saved-replies', agent, 'filtered'),
  route('POST', '/v1/saved-replies/:replyId/render', agent, 'hidden'),

  route('POST', '/v1/contacts', inbox),
  route('GET', '/v1/contacts/:contactId', inbox),
  route('GET', '/v1/contacts/:contactId/timeline', history),
  route('GET', '/v1/contacts/:contactId/dossier', admin),
  route('PUT', '/v1/contacts/:contactId/name', inbox),
  route('PUT', '/v1/contacts/:contactId/attributes/:alias', inbox),
  route('DELETE', '/v1/contacts/:contactId/attributes/:alias', inbox),
  route('GET', '/v1/contacts/:contactId/attributes/:alias/history', inbox),
  route('PUT', '/v1/contacts/:contactId/vip', inbox),
  route('DELETE', '/v1/contacts/:contactId/vip', inbox),
  route('PUT', '/v1/contacts/:contactId/assignee', inbox),
  route('DELETE', '/v1/contacts/:contactId/assignee', inbox),
  route('PUT', '/v1/contacts/:contactId/block', inbox),
  route('DELETE', '/v1/contacts/:contactId/block', inbox),
  route('GET', '/v1/contacts/:contactId/conversations', inbox),
  route('GET', '/v1/contacts/:contactId/merge/preview', inbox),
  route('POST', '/v1/contacts/:contactId/merge', inbox),
  route('POST', '/v1/merges/:mergeId/undo', inbox),
  route('GET', '/v1/contacts/:contactId/notes', inbox),
  route('POST', '/v1/contacts/:contactId/notes', agent),
  route('PATCH', '/v1/contacts/:contactId/notes/:noteId', agent),
  route('DELETE', '/v1/contacts/:contactId/notes/:noteId', agent),
  route('DELETE', '/v1/contacts/:contactId', admin),
  route('POST', '/v1/erasures', admin),
  route('POST', '/v1/redactions', admin),
  route('GET', '/v1/erasures/:erasureId', audit),
  route('GET', '/v1/erasures/:erasureId/certificate', audit),

  route('POST', '/v1/conversations', inbox, 'hidden'),
  route('POST', '/v1/conversations/bulk', inbox, 'filtered'),
  route('GET', '/v1/conversations/:conversationId', agent),
  route('GET', '/v1/conversations/:conversationId/notes', agent),
  route('GET', '/v1/conversations/:conversationId/messages', agent),
  route('GET', '/v1/conversations/:conversationId/timeline', history),
  route('POST', '/v1/conversations/:conversationId/messages', inbox),
  route('POST', '/v1/conversations/:conversationId/notes', agent),
  route('POST', '/v1/conversations/:conversationId/close', inbox),
  route('PATCH', '/v1/conversations/:conversationId/closing-note', inbox),
  route('POST', '/v1/conversations/:conversationId/snooze', inbox),
  route('DELETE', '/v1/conversations/:conversationId/snooze', inbox),
  route('PUT', '/v1/conversations/:conversationId/topics/:topicId', inbox),
  route('DELETE', '/v1/conversations/:conversationId/topics/:topicId', inbox),
  route('PUT', '/v1/conversations/:conversationId/bot', inbox),
  route('DELETE', '/v1/conversations/:conversationId/bot', inbox),
  route('PUT', '/v1/conversations/:conversationId/assignee', inbox),
  route('DELETE', '/v1/conversations/:conversationId/assignee', inbox),

  route('GET', '/v1/search', inbox, 'filtered'),
  route('PUT', '/v1/contacts/:contactId/links/:otherId', agent),
  route('DELETE', '/v1/contacts/:contactId/links/:otherId', agent),
  route('GET', '/v1/contacts/:contactId/links', inbox),
  route('GET', '/v1/contacts/:contactId/history', inbox),
  route('GET', '/v1/link-values/suspended', admin),
  route('GET', '/v1/mentions', agent, 'filtered'),

  route('GET', '/v1/queue', agent, 'filtered'),
  route('GET', '/v1/queue/counters', agent, 'filtered'),
  route('GET', '/v1/live/queue', agent, 'filtered'),
  route('GET', '/v1/live/conversations/:conversationId', agent),
  route('GET', '/v1/queue/:conversationId/rank', agent),
  route('GET', '/v1/events', audit),
  route('GET', '/v1/access-log', audit),
  route('POST', '/v1/bulk-deletions/preview', admin),
  route('POST', '/v1/bulk-deletions', admin),
  route('GET', '/v1/metrics/conversations', ['admin', 'analyst']),
  route('GET', '/v1/jobs', admin),
  route('GET', '/v1/jobs/:jobId', admin),
  route('DELETE', '/v1/jobs/:jobId', admin),
  route('POST', '/v1/rebuilds', admin),
  route('GET', '/v1/rebuilds', admin),
  route('GET', '/v1/workflows/quarantined', admin),
  route('POST', '/v1/workflows/release', admin),
  route('GET', '/v1/audit/deleted-contacts', audit),
  route('GET', '/v1/audit/deleted-contacts/verify', audit),
  route('GET', '/v1/audit/deleted-contacts/head', audit),
];

const byRoute = new Map(routeAccess.map(({ method, path, access }) => [`${method} ${path}`, access]));

/** The access of a route as the router knows it. `undefined`: it is not in the table. */
export function accessOf(method: string, path: string): Access | undefined {
  // The readable page comes with files of its library, whose number and names are its own business.
  if (path === '/docs' || path.startsWith('/docs/')) return 'public';
  return byRoute.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
}

/** The methods that `path` (a real one, without query) answers to among the routes that are served. */
export function methodsOf(path: string, served: (route: RouteAccess) => boolean): readonly string[] {
  const segments = path.split('/');
  const matches = ({ path: pattern }: RouteAccess): boolean => {
    const parts = pattern.split('/');
    return parts.length === segments.length && parts.every((part, i) => part.startsWith(':') || part === segments[i]);
  };
  const methods = routeAccess
    .filter((candidate) => matches(candidate) && served(candidate))
    .map(({ method }) => method);
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}
