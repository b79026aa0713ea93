import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels } from '#event-sourcing';
import type { DeletionCounts } from '../audit/index.js';
import { deletedContactsModel, notRecorded } from './document.js';
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
  const list = { where: { revision: { gt: notRecorded } }, sort: { revision: -1 } } as const;
  const page = await readPage<DeletedContactDocument>(models, deletedContactsModel, list, wanted);
  return { ...page, items: page.items.map((document) => entryOf(document._id, document)) };
}

/** How far one deletion is; `undefined`: there is none under this id. */
export async function erasureView(models: ReadModels, erasureId: string): Promise<DeletedContactEntry | undefined> {
  const document = await models.get<DeletedContactDocument>(deletedContactsModel, erasureId);
  return document && entryOf(erasureId, document);
}

/** Whether the contact was deleted, by itself or with one that it had been merged into: its address stays gone for good. */
export async function wasDeleted(models: ReadModels, contactId: string): Promise<boolean> {
  return (await models.count(deletedContactsModel, { contactIds: contactId })) > 0;
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
