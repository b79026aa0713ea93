/** Why a bulk deletion is refused. */
export type BulkDeletionRefusal =
  /** Described where contacts are deleted one by one. */
  | { readonly code: 'unknown-reason'; readonly reason: string }
  | { readonly code: 'count-changed'; readonly count: number }
  | { readonly code: 'selection-changed' }
  | { readonly code: 'too-many-contacts'; readonly count: number; readonly most: number }
  | { readonly code: 'unknown-job' }
  | { readonly code: 'job-over' };

export const bulkDeletionRefusals = [
  {
    code: 'count-changed',
    rule: 'DEL-7',
    sentence: 'The condition finds another number of contacts than was confirmed; look at the preview again.',
  },
  {
    code: 'selection-changed',
    rule: 'DEL-7',
    sentence: 'The condition finds other contacts than were shown; look at the preview again.',
  },
  {
    code: 'too-many-contacts',
    rule: 'DEL-7',
    sentence: 'The condition finds more contacts than one job deletes; narrow it down.',
  },
  { code: 'unknown-job', rule: 'DEL-7', sentence: 'There is no such job.' },
  { code: 'job-over', rule: 'DEL-7', sentence: 'The job is over: there is nothing left to cancel.' },
] as const satisfies readonly {
  readonly code: Exclude<BulkDeletionRefusal['code'], 'unknown-reason'>;
  rule: string;
  sentence: string;
}[];
