import { defineProjection, removed } from '#event-sourcing';
import type { RecordedEvent } from '#event-sourcing';
import type { ContactEvent } from '../contact/index.js';
import type { IdentityEvent } from '../identity/index.js';
import { openClaimsIndexes, openClaimsModel, openClaimsSchema } from './document.js';
import type { OpenClaimDocument } from './document.js';

type Claiming = IdentityEvent | Extract<ContactEvent, { type: 'IdentityAttached' }>;

const identity = ({ data }: RecordedEvent<{ type: string; data: { readonly identityKey: string } }>): string =>
  data.identityKey;
const settled = { key: identity, project: (): typeof removed => removed };

/**
 * Identities that a crash left claimed for a contact that never attached them: the contact's own stream does not know
 * of them, and its erasure would miss them (DEL-2).
 */
export const openClaimsProjection = defineProjection<OpenClaimDocument, Claiming>({
  name: openClaimsModel,
  schema: openClaimsSchema,
  indexes: openClaimsIndexes,
  // The release takes it away; the purge would do so before anybody has released.
  owners: () => [],
  on: {
    IdentityClaimed: { key: identity, project: (_document, { data: { contactId } }) => ({ contactId }) },
    IdentityAttached: settled,
    IdentityClaimWithdrawn: settled,
    IdentityReleased: settled,
  },
});
