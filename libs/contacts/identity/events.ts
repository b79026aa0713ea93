import type { Medium } from '#channels/channel';
import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** `identityKey` is a keyed hash: the stream's name tells nobody who the person is. */
export const identityStream = (identityKey: string): string => `identity-${identityKey}`;

/** A contact owns the identity from now on; messages of the identity are the contact's. */
export type IdentityClaimed = DomainEvent<
  'IdentityClaimed',
  {
    readonly contactId: string;
    readonly identityKey: string;
    readonly medium: Medium;
    readonly idScope: string;
    readonly externalUserId: string;
  }
>;
/** A merge, or its undoing, gave the identity to another contact; whose key seals what it says stays as it was. */
export type IdentityMoved = DomainEvent<
  'IdentityMoved',
  { readonly contactId: string; readonly fromContactId: string; readonly identityKey: string }
>;
/** The claim was taken back before a contact came of it, because another identity of the same request has an owner. */
export type IdentityClaimWithdrawn = DomainEvent<
  'IdentityClaimWithdrawn',
  { readonly contactId: string; readonly identityKey: string }
>;
/**
 * The owner was erased. Names no contact. What was sent before `releasedAt`, and for 30 days what `recentMessages`
 * knows, is a late redelivery of the erased contact's messages and makes no new contact.
 */
export type IdentityReleased = DomainEvent<
  'IdentityReleased',
  {
    readonly identityKey: string;
    readonly releasedAt: string;
    /** Keyed hashes of the erased contact's last external message ids. */
    readonly recentMessages: readonly string[];
  }
>;

export type IdentityEvent = IdentityClaimed | IdentityMoved | IdentityClaimWithdrawn | IdentityReleased;

export const identityEvents = {
  categories: ['identity'],
  definitions: [
    defineEvent<IdentityClaimed>({
      type: 'IdentityClaimed',
      version: 1,
      sentence: 'A contact owns the identity from now on; messages of the identity are the contact’s.',
      fields: {
        contactId: field('id'),
        identityKey: field('hash'),
        medium: field('code'),
        idScope: field('code'),
        externalUserId: personal('contactId'),
      },
    }),
    defineEvent<IdentityMoved>({
      type: 'IdentityMoved',
      version: 1,
      sentence: 'A merge, or its undoing, gave the identity to another contact.',
      fields: { contactId: field('id'), fromContactId: field('id'), identityKey: field('hash') },
    }),
    defineEvent<IdentityClaimWithdrawn>({
      type: 'IdentityClaimWithdrawn',
      version: 1,
      sentence: 'A claim was taken back before a contact came of it.',
      fields: { contactId: field('id'), identityKey: field('hash') },
    }),
    defineEvent<IdentityReleased>({
      type: 'IdentityReleased',
      version: 1,
      sentence:
        'The owner was erased; late redeliveries of the erased contact’s messages are recognised by time and hashes.',
      fields: {
        identityKey: field('hash'),
        releasedAt: field('instant'),
        recentMessages: field('hash', { list: true }),
      },
    }),
  ],
};
