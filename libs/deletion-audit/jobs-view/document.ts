import type { Actor, IndexDeclaration } from '#event-sourcing';

export const jobsModel = 'jobs';
export const jobsSchema = 1;

/** One job; its id is the job's. Holds numbers only. */
export interface JobDocument {
  readonly state: 'running' | 'cancelled' | 'done';
  readonly reason: string;
  readonly requestedBy: Actor;
  readonly requestedAt: string;
  readonly endedAt: string | null;
  readonly total: number;
  readonly deleted: number;
  readonly kept: number;
}

export const jobsIndexes: readonly IndexDeclaration[] = [{ key: { requestedAt: -1 } }];
