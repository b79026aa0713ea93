import type { ContactProfile } from '#contacts/contact-profile';
import type { IndexDeclaration } from '#event-sourcing';
import type { GroupTerms } from '../groups/index.js';

export const groupMembersModel = 'group-members';
export const groupMembersSchema = 2;
/** The members of one version of a group, in the order of their ids. */
export const groupMembersIndexes: readonly IndexDeclaration[] = [{ key: { memberships: 1, _id: 1 } }];

/**
 * What conditions are asked of, and which they fit; its id is the contact's. What was merged into another contact
 * counts as that one's.
 */
export interface GroupMemberDocument {
  /** With what was merged into it; its own first. */
  readonly contactIds: readonly string[];
  readonly profile: ContactProfile;
  /**
   * `vip`, and `<group id>.<version>` for every version that may be asked for: the one in force, the one before (a
   * process that has not heard of the change yet asks for it), and the one whose members are being found.
   */
  readonly memberships: readonly string[];
}

/** The side document of a contact: its own, whatever it was merged into. */
export interface KnownContact {
  readonly profile: ContactProfile;
}

/** The versions of all groups that can be asked for. There is one such side document; its id is `groups`. */
export interface AskedGroups {
  readonly groups: readonly { readonly groupId: string; readonly versions: readonly GroupTerms[] }[];
}

export const membershipOf = (groupId: string, version: number): string => `${groupId}.${version}`;
