import type { Medium } from '#channels/channel';
import type { Ids } from '#event-sourcing';

/** How a channel knows a person. */
export interface ExternalIdentity {
  readonly medium: Medium;
  readonly idScope: string;
  readonly externalUserId: string;
}

/**
 * The identity in the one way of writing that its medium's ids have: digits of a phone number, an e-mail address in
 * lower case. Two ways of writing would make one person two contacts.
 */
export function normaliseIdentity<I extends ExternalIdentity>(identity: I): I {
  return { ...identity, externalUserId: normaliseUserId(identity.medium, identity.externalUserId) };
}

function normaliseUserId(medium: Medium, externalUserId: string): string {
  switch (medium) {
    case 'whatsapp':
    case 'sms':
      // Some ids of these media are no numbers (a sender's name); those stay as they are.
      return /^[+\d\s().-]+$/.test(externalUserId) ? externalUserId.replace(/\D/g, '') : externalUserId;
    case 'email':
      return externalUserId.trim().toLowerCase();
    default:
      return externalUserId;
  }
}

/** Keyed hash that names the identity's stream: nobody can confirm a guess at who it is. */
export function identityKey(ids: Ids, identity: ExternalIdentity): string {
  const { medium, idScope, externalUserId } = normaliseIdentity(identity);
  return ids.keyed('identity', medium, idScope, externalUserId);
}
