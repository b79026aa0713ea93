import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels, Stored } from '#event-sourcing';
import { jobsModel } from './document.js';
import type { JobDocument } from './document.js';

export interface JobView extends JobDocument {
  readonly jobId: string;
  readonly kind: 'bulk-deletion';
}

export async function jobView(models: ReadModels, jobId: string): Promise<JobView | undefined> {
  const document = await models.get<JobDocument>(jobsModel, jobId);
  return document && viewOf(document);
}

/** Newest first. */
export async function jobsPage(models: ReadModels, wanted: PageWanted): Promise<Page<JobView>> {
  const request = { where: {}, sort: { requestedAt: -1 } } as const;
  const page = await readPage<JobDocument>(models, jobsModel, request, wanted);
  return { ...page, items: page.items.map(viewOf) };
}

function viewOf(document: Stored<JobDocument>): JobView {
  const { _id: jobId, state, reason, requestedBy, requestedAt, endedAt, total, deleted, kept } = document;
  return { jobId, kind: 'bulk-deletion', state, reason, requestedBy, requestedAt, endedAt, total, deleted, kept };
}
