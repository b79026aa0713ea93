import type { ContactProfile } from '#contacts/contact-profile';
import type { IndexDeclaration, Position } from '#event-sourcing';
import { placeOf } from '../words/index.js';

export const contactSearchModel = 'search-contacts';
export const contactSearchSchema = 2;
/** Words and scope by value, then newest first: each channel that the viewer has is a stretch of the index. */
export const contactSearchIndexes: readonly IndexDeclaration[] = [{ key: { tokens: 1, scope: 1, _id: -1 } }];

/**
 * What can be found of a contact by those who have one scope. Its id is the place of the contact's creation in the log,
 * and the scope: the newest has the highest, and later changes do not move it.
 */
export interface SearchedContact {
  readonly contactId: string;
  /** With what was merged into it; its own first. */
  readonly contactIds: readonly string[];
  /** A channel on which the contact was met; while there is none: `unmet`, for who sees all, and `by <creator>`. */
  readonly scope: string;
  /** Words, beginnings of words, and memberships of groups behind an `@`. */
  readonly tokens: readonly string[];
}

/** The side document of a contact. */
export interface ContactSide {
  readonly profile: ContactProfile;
  /** Position of its creation. */
  readonly created: Position;
  /** Its deletion was requested: nobody finds it any more. */
  readonly deleting: boolean;
}

export const unmet = 'unmet';
export const byCreator = (userId: string): string => `by ${userId}`;
export const searchedContactId = (created: Position, scope: string): string => `${placeOf(created)} ${scope}`;
