import { readPage } from '#event-sourcing';
import type { EventStore, Page, PageWanted, ReadModels, RecordedEvent } from '#event-sourcing';
import { checkChain } from '../audit/chain.js';
import type { Sha256 } from '../audit/digest.js';
import { deletedContactsStream } from '../audit/events.js';
import type { AuditEvent, DeletionCounts } from '../audit/events.js';
import { deletedContactsModel } from './document.js';
import type { DeletedContactDocument } from './document.js';

export interface DeletedContactEntry {
  readonly erasureId: string;
  readonly state: 'erasing' | 'unreadable' | 'removed';
  readonly contactIds: readonly string[];
  readonly hint: string;
  readonly platforms: readonly string[];
  readonly deletedAt: string;
  readonly unreadableAt: string | null;
  readonly completedAt: string | null;
  readonly admin: { readonly userId: string; readonly name: string };
  readonly reason: string;
  readonly counts: DeletionCounts;
  readonly previousHash: string;
  readonly hash: string;
}

/** The deletions, newest first. */
export async function deletedContactsPage(models: ReadModels, wanted: PageWanted): Promise<Page<DeletedContactEntry>> {
  const list = { where: {}, sort: { revision: -1 } } as const;
  const page = await readPage<DeletedContactDocument>(models, deletedContactsModel, list, wanted);
  return { ...page, items: page.items.map((document) => entryOf(document._id, document)) };
}

/** How far one deletion is; `undefined`: none under this id, or its first step is still to come. */
export async function erasureView(models: ReadModels, erasureId: string): Promise<DeletedContactEntry | undefined> {
  const document = await models.get<DeletedContactDocument>(deletedContactsModel, erasureId);
  return document && entryOf(erasureId, document);
}

/** Whether the contact was deleted, by itself or with one that it had been merged into: its address stays gone for good. */
export async function wasDeleted(models: ReadModels, contactId: string): Promise<boolean> {
  return (await models.count(deletedContactsModel, { contactIds: contactId })) > 0;
}

/** Whether the audit is what was written, recomputed from the stream itself. `entries` counts deletions. */
export interface AuditVerification {
  readonly ok: boolean;
  readonly entries: number;
  /** Hash of the newest event that is still linked to the first. */
  readonly head: string;
  /** Place in the stream of the first event that is not what was written; only when not `ok`. */
  readonly brokenAt?: number;
}

export async function verifyDeletedContacts(store: EventStore, sha256: Sha256): Promise<AuditVerification> {
  const entries: AuditEvent[] = [];
  for await (const event of store.readStream(deletedContactsStream)) entries.push(auditEventOf(event));
  const check = checkChain(entries, sha256);
  return {
    ok: check.ok,
    entries: check.deletions,
    head: check.head,
    ...(!check.ok && { brokenAt: check.brokenAt }),
  };
}

/** The codec has checked the data against the catalogue; the stream holds these types only. */
function auditEventOf({ type, data }: RecordedEvent): AuditEvent {
  return { type, data } as AuditEvent;
}

function entryOf(erasureId: string, document: DeletedContactDocument): DeletedContactEntry {
  const { state, contactIds, hint, platforms, requestedAt, unreadableAt, completedAt } = document;
  const { adminId, adminName, reason, counts, previousHash, hash } = document;
  return {
    erasureId,
    state,
    contactIds,
    hint,
    platforms,
    deletedAt: requestedAt,
    unreadableAt,
    completedAt,
    admin: { userId: adminId, name: adminName },
    reason,
    counts,
    previousHash,
    hash,
  };
}
