import type { IndexDeclaration } from '#event-sourcing';

export const openClaimsModel = 'open-claims';
export const openClaimsSchema = 1;
export const openClaimsIndexes: readonly IndexDeclaration[] = [{ key: { contactId: 1 } }];

/**
 * A claim that its contact has not attached; its id is the identity's key. Gone within the same request, unless that
 * broke off.
 */
export interface OpenClaimDocument {
  readonly contactId: string;
}
