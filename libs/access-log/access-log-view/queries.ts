import { readPage } from '#event-sourcing';
import type { ActorRole, Page, PageWanted, ReadModels, Secrets, Where } from '#event-sourcing';
import { keptDays } from '../accesses/events.js';
import { accessLogModel } from './document.js';
import type { AccessDocument } from './document.js';

export interface AccessEntry {
  readonly at: string;
  readonly user: { readonly userId: string; readonly role: ActorRole };
  readonly what: string;
  readonly contactId?: string;
  readonly stream?: string;
  readonly types?: readonly string[];
  readonly reason?: string;
  /** How often within the second or so that the entry stands for. */
  readonly times: number;
}

export interface AccessFilters {
  readonly contactId?: string | undefined;
  readonly userId?: string | undefined;
  /** RFC 3339 in UTC with milliseconds, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Who read what, newest first; what is older than it is kept is not shown, also when it is still to be forgotten. */
export async function accessLogPage(
  ports: { readonly models: ReadModels; readonly secrets: Secrets },
  { contactId, userId, from = '', to }: AccessFilters,
  now: string,
  wanted: PageWanted,
): Promise<Page<AccessEntry>> {
  const oldest = new Date(Date.parse(now) - keptDays * 86_400_000).toISOString();
  const where: Where = {
    at: { gte: from > oldest ? from : oldest, ...(to !== undefined && { lte: to }) },
    ...(contactId !== undefined && { contactId }),
    ...(userId !== undefined && { 'actor.id': userId }),
  };
  const page = await readPage<AccessDocument>(ports.models, accessLogModel, { where, sort: { at: -1 } }, wanted);
  return { ...page, items: page.items.map((document) => entryOf(document, ports.secrets)) };
}

function entryOf(document: AccessDocument, secrets: Secrets): AccessEntry {
  const { at, actor, what, contactId, stream, types, sealedReason, times } = document;
  const reason = sealedReason === null ? document.reason : secrets.open(sealedReason);
  return {
    at,
    user: { userId: actor.id, role: actor.role },
    what,
    ...(contactId !== null && { contactId }),
    ...(stream !== null && { stream }),
    ...(types.length > 0 && { types }),
    ...(reason !== null && { reason }),
    times,
  };
}
