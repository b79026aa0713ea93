import type { Command } from '#event-sourcing';
import type { ExternalIdentity } from './key.js';

export type ClaimIdentity = Command<
  'ClaimIdentity',
  ExternalIdentity & { readonly contactId: string; readonly identityKey: string }
>;
export type MoveIdentity = Command<
  'MoveIdentity',
  { readonly contactId: string; readonly fromContactId: string; readonly identityKey: string }
>;
export type WithdrawClaim = Command<'WithdrawClaim', { readonly contactId: string; readonly identityKey: string }>;
export type ReleaseIdentity = Command<
  'ReleaseIdentity',
  {
    readonly contactId: string;
    readonly identityKey: string;
    /** Keyed hashes of the contact's last external message ids. */
    readonly recentMessages: readonly string[];
  }
>;

export type IdentityCommand = ClaimIdentity | MoveIdentity | WithdrawClaim | ReleaseIdentity;
