import type { Command } from '#event-sourcing';
import type { Circumstances, ConditionTerms } from '../condition/index.js';

/** What a condition is read with, and what it goes by besides the contacts. */
interface WithTerms {
  /** As the admin sent it. */
  readonly condition: unknown;
  readonly terms: ConditionTerms;
  readonly circumstances: Circumstances;
}

export type DefineGroup = Command<'DefineGroup', WithTerms & { readonly groupId: string; readonly name: string }>;
/** What is `undefined` stays as it is. */
export type ChangeGroup = Command<
  'ChangeGroup',
  WithTerms & { readonly groupId: string; readonly name: string | undefined }
>;
export type ArchiveGroup = Command<'ArchiveGroup', { readonly groupId: string }>;
/** The day has begun, or VIP was switched: the group follows if its condition asks for that. */
export type FollowCircumstances = Command<
  'FollowCircumstances',
  { readonly groupId: string; readonly circumstances: Circumstances }
>;
/** All members by this version are found. */
export type PutIntoEffect = Command<'PutIntoEffect', { readonly groupId: string; readonly version: number }>;

export type GroupsCommand = DefineGroup | ChangeGroup | ArchiveGroup | FollowCircumstances | PutIntoEffect;
