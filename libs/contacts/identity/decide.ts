import type { Decider } from '#event-sourcing';
import type { ClaimIdentity, IdentityCommand, MoveIdentity, ReleaseIdentity, WithdrawClaim } from './commands.js';
import type { IdentityEvent } from './events.js';
import type { IdentityRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { IdentityState } from './state.js';

type Decision = readonly IdentityEvent[] | IdentityRefusal;

function decide(command: IdentityCommand, state: IdentityState): Decision {
  switch (command.type) {
    case 'ClaimIdentity':
      return claim(command, state);
    case 'MoveIdentity':
      return move(command, state);
    case 'WithdrawClaim':
      return withdraw(command, state);
    case 'ReleaseIdentity':
      return release(command, state);
  }
}

function claim(command: ClaimIdentity, { ownerId }: IdentityState): Decision {
  const { contactId, identityKey, medium, idScope, externalUserId } = command;
  if (ownerId === contactId) return [];
  if (ownerId !== undefined) return { code: 'identity-owned', contactId: ownerId };
  return [{ type: 'IdentityClaimed', data: { contactId, identityKey, medium, idScope, externalUserId } }];
}

/** CON-5. Nobody's, or another one's by now: whoever moved or released it first had the newer word. */
function move({ contactId, fromContactId, identityKey }: MoveIdentity, { ownerId }: IdentityState): Decision {
  if (ownerId !== fromContactId || contactId === fromContactId) return [];
  return [{ type: 'IdentityMoved', data: { contactId, fromContactId, identityKey } }];
}

function withdraw({ contactId, identityKey }: WithdrawClaim, { ownerId }: IdentityState): Decision {
  return ownerId === contactId ? [{ type: 'IdentityClaimWithdrawn', data: { contactId, identityKey } }] : [];
}

/**
 * Of another owner nothing is released: the erased contact has lost the identity already, and that is the wanted end.
 */
function release(
  { contactId, identityKey, recentMessages, at }: ReleaseIdentity,
  { ownerId }: IdentityState,
): Decision {
  if (ownerId !== contactId) return [];
  return [{ type: 'IdentityReleased', data: { identityKey, releasedAt: at, recentMessages } }];
}

export const identityDecider: Decider<IdentityCommand, IdentityEvent, IdentityState, IdentityRefusal> = {
  initial,
  evolve,
  decide,
};
