import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream holds every deletion there ever was; never truncated, never tombstoned. */
export const deletedContactsStream = 'deleted-contacts';

/** Numbers of what was deleted. */
export interface DeletionCounts {
  readonly identities: number;
  readonly conversations: number;
  readonly messages: number;
  readonly notes: number;
  readonly attributes: number;
}

interface ChainLink {
  /** Hash of the entry before, 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256, lower-case hex, over the RFC 8785 form of `{type, data}` without `hash` and the encrypted note. */
  readonly hash: string;
}

/** A deletion was requested and is under way. Read models purge what belongs to `contactIds` when they see it. */
export type ContactDeleted = DomainEvent<
  'ContactDeleted',
  ChainLink & {
    readonly erasureId: string;
    /** The contact, and those that were merged into it. */
    readonly contactIds: readonly string[];
    readonly hint: string;
    readonly platforms: readonly string[];
    readonly requestedAt: string;
    /** Position of the request in the log: what the requester was answered. */
    readonly requestPosition: number;
    readonly adminId: string;
    readonly adminName: string;
    readonly reason: string;
    readonly counts: DeletionCounts;
    readonly note?: string;
    /** Keyed hash of the note: the chain vouches for the note, also when it cannot be read any more. */
    readonly noteHash?: string;
  }
>;
/**
 * Nobody can read anything of the contacts any more: their keys are destroyed, their streams closed for good, the read
 * models empty of them. Remains that nobody can open wait in files to be taken out.
 */
export type ContactMadeUnreadable = DomainEvent<
  'ContactMadeUnreadable',
  ChainLink & {
    readonly erasureId: string;
    readonly contactIds: readonly string[];
    readonly unreadableAt: string;
    /** The remains are not taken out before. */
    readonly removableFrom: string;
  }
>;
/** No byte of the contacts is left in the files of the event store and of the read models, on any node. */
export type ErasureCompleted = DomainEvent<
  'ErasureCompleted',
  ChainLink & {
    readonly erasureId: string;
    readonly contactIds: readonly string[];
    readonly completedAt: string;
  }
>;

export type AuditEvent = ContactDeleted | ContactMadeUnreadable | ErasureCompleted;

const chainLink = { previousHash: field('code'), hash: field('code') };

export const auditEvents = {
  categories: [deletedContactsStream],
  definitions: [
    defineEvent<ContactDeleted>({
      type: 'ContactDeleted',
      version: 1,
      sentence:
        'A deletion was requested and is under way; read models purge what belongs to the contacts when they see it.',
      fields: {
        ...chainLink,
        erasureId: field('id'),
        contactIds: field('id', { list: true }),
        hint: field('hint'),
        platforms: field('code', { list: true }),
        requestedAt: field('instant'),
        requestPosition: field('number'),
        adminId: field('id'),
        adminName: field('staff'),
        reason: field('code'),
        counts: field('json'),
        note: personal('erasureId', 'text', { optional: true }),
        noteHash: field('hash', { optional: true }),
      },
    }),
    defineEvent<ContactMadeUnreadable>({
      type: 'ContactMadeUnreadable',
      version: 1,
      sentence: 'Keys, streams and read models of the contacts are gone; remains that nobody can open wait in files.',
      fields: {
        ...chainLink,
        erasureId: field('id'),
        contactIds: field('id', { list: true }),
        unreadableAt: field('instant'),
        removableFrom: field('instant'),
      },
    }),
    defineEvent<ErasureCompleted>({
      type: 'ErasureCompleted',
      version: 1,
      sentence: 'No byte of the contacts is left in the files of the event store and of the read models, on any node.',
      fields: {
        ...chainLink,
        erasureId: field('id'),
        contactIds: field('id', { list: true }),
        completedAt: field('instant'),
      },
    }),
  ],
};
