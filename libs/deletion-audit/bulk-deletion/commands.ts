import type { Command } from '#event-sourcing';
import type { KeptBecause } from './events.js';

/** A contact with those that were merged into it, which go with it. */
export interface SelectedContact {
  readonly contactId: string;
  readonly mergedIds: readonly string[];
}

export type ConfirmBulkDeletion = Command<
  'ConfirmBulkDeletion',
  {
    readonly jobId: string;
    /** All that the admin's condition finds, each once, and what stands for exactly these. */
    readonly contacts: readonly SelectedContact[];
    readonly fingerprint: string;
    /** What the admin was shown. */
    readonly count: number;
    readonly shown: string;
    readonly reason: string;
    /** The codes that may be given (DEL-1). */
    readonly reasons: readonly string[];
    readonly adminName: string;
    readonly inactiveSince: string | undefined;
  }
>;
export type SettleContact = Command<
  'SettleContact',
  {
    readonly jobId: string;
    readonly part: number;
    readonly contactId: string;
    readonly outcome: 'deleted' | KeptBecause;
  }
>;
export type CancelBulkDeletion = Command<'CancelBulkDeletion', { readonly jobId: string }>;
export type BulkDeletionCommand = ConfirmBulkDeletion | SettleContact | CancelBulkDeletion;
