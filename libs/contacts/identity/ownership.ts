import type { CommandHeader, CommandResult, CommandRunner, Position } from '#event-sourcing';
import { identityDecider } from './decide.js';
import { identityStream } from './events.js';
import type { IdentityEvent } from './events.js';
import type { ExternalIdentity } from './key.js';
import { normaliseIdentity } from './key.js';
import type { IdentityRefusal } from './refusals.js';
import type { Release } from './state.js';

/** Who owns an identity, as far as its stream tells. */
export interface Ownership {
  /** `undefined`: nobody. */
  readonly ownerId: string | undefined;
  /** Contact that claimed it and whose key seals what it says; another one than the owner after a merge. */
  readonly subjectId: string | undefined;
  /** Other contacts that owned it since the claim. */
  readonly earlierOwnerIds: readonly string[];
  /** The newest release (DEL-5), also when somebody owns the identity again. */
  readonly release: Release | undefined;
  /** Of the identity's stream; -1 when it has no event. */
  readonly revision: number;
  readonly position: Position;
}

/** `fresh`: reads what other processes have appended; else answers from the cache when it can. */
export async function ownerOf(
  runner: CommandRunner,
  identityKey: string,
  options: { readonly fresh: boolean },
): Promise<Ownership> {
  const { state, revision, position } = await runner.load(identityDecider, identityStream(identityKey), options);
  return { ...state, revision, position };
}

/**
 * Claims the identity for a contact; refused with `identity-owned` and the winner's id when another one owns it.
 * Derive the header's command id from the request and the stream's revision: under the request's id alone, a claim
 * after a withdrawal or a release would be taken for a repetition of the first one.
 */
export function claimIdentity(
  runner: CommandRunner,
  header: CommandHeader,
  claim: ExternalIdentity & { readonly contactId: string; readonly identityKey: string },
): Promise<CommandResult<IdentityEvent, IdentityRefusal>> {
  const command = { ...header, type: 'ClaimIdentity', ...normaliseIdentity(claim) } as const;
  return runner.run(identityDecider, identityStream(claim.identityKey), command);
}

/**
 * Gives the identity to another contact, if nothing has happened to its claim since `revision`. Throws
 * `PreconditionFailed` when something has: then it has to be asked anew whose it should be.
 */
export function moveIdentity(
  runner: CommandRunner,
  header: CommandHeader,
  move: { readonly contactId: string; readonly fromContactId: string; readonly identityKey: string },
  revision: number,
): Promise<CommandResult<IdentityEvent, IdentityRefusal>> {
  const command = { ...header, type: 'MoveIdentity', ...move } as const;
  return runner.run(identityDecider, identityStream(move.identityKey), command, { ifRevision: revision });
}

/** Takes back a claim of which no contact came. */
export function withdrawClaim(
  runner: CommandRunner,
  header: CommandHeader,
  claim: { readonly contactId: string; readonly identityKey: string },
): Promise<CommandResult<IdentityEvent, IdentityRefusal>> {
  const command = { ...header, type: 'WithdrawClaim', ...claim } as const;
  return runner.run(identityDecider, identityStream(claim.identityKey), command);
}

/**
 * Ends the contact's ownership because it is erased; nothing happens when the contact does not own the identity.
 * What stands before the answer's revision names the contact: the caller has it truncated.
 */
export function releaseIdentity(
  runner: CommandRunner,
  header: CommandHeader,
  release: {
    readonly contactId: string;
    readonly identityKey: string;
    /** Keyed hashes of the contact's last external message ids, as `isLateRedelivery` is asked for them. */
    readonly recentMessages: readonly string[];
  },
): Promise<CommandResult<IdentityEvent, IdentityRefusal>> {
  const command = { ...header, type: 'ReleaseIdentity', ...release } as const;
  return runner.run(identityDecider, identityStream(release.identityKey), command);
}

const thirtyDays = 30 * 24 * 3_600_000;

/**
 * DEL-5: whether a message is one of an erased contact's, delivered again: its signed channel time is before the
 * release, or, for 30 days, the release knows it. `sentAt` is given only when the channel's signature vouches for it.
 */
export function isLateRedelivery(
  release: Release | undefined,
  message: { readonly hash: string; readonly sentAt: string | undefined; readonly at: string },
): boolean {
  if (!release) return false;
  if (message.sentAt !== undefined && message.sentAt < release.releasedAt) return true;
  const age = Date.parse(message.at) - Date.parse(release.releasedAt);
  return age <= thirtyDays && release.recentMessages.includes(message.hash);
}
