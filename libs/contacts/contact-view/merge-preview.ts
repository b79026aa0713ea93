import type { Viewer } from '#access/user';
import type { AttributeValue } from '#attributes/attributes';
import type { ReadModels } from '#event-sourcing';
import { isSameValue, seesContact } from '../contact/index.js';
import type { ShownIdentity } from './document.js';
import { wholeContact } from './merged.js';
import type { WholeContact } from './merged.js';
import { identitiesFor } from './queries.js';

/** What a merge would do, as the viewer may see it. */
export interface MergePreview {
  readonly primaryId: string;
  readonly secondaryId: string;
  /** Those that would come over. */
  readonly identities: readonly ShownIdentity[];
  /** Attributes of which both have a value, and not the same: each needs a winner. */
  readonly conflicts: readonly {
    readonly alias: string;
    readonly values: readonly { readonly contactId: string; readonly value: AttributeValue }[];
  }[];
  /** Of the merged contact: either has it. */
  readonly vip: boolean;
  readonly blocked: boolean;
  /** What would keep the merge from coming about. */
  readonly obstacle: 'merge-with-itself' | 'secondary-deleted' | 'already-merged' | null;
}

/** `undefined`: one of the two is not there for this viewer. */
export async function mergePreview(
  models: ReadModels,
  { primaryId, secondaryId }: { readonly primaryId: string; readonly secondaryId: string },
  viewer: Viewer,
): Promise<MergePreview | undefined> {
  const primary = await wholeContact(models, primaryId);
  const secondary = await wholeContact(models, secondaryId);
  if (!primary || !secondary || !seesContact(primary, viewer) || !seesContact(secondary, viewer)) return undefined;
  const isSame = primaryId === secondaryId;
  // Of who is being deleted nothing is told any more (DEL-6).
  const brings = !isSame && !secondary.deleting;
  return {
    primaryId,
    secondaryId,
    identities: brings ? identitiesFor(secondary, viewer) : [],
    conflicts: brings ? conflictsOf(primary, secondary, [primaryId, secondaryId]) : [],
    vip: primary.vip || (brings && secondary.vip),
    blocked: primary.blocked || (brings && secondary.blocked),
    obstacle: isSame ? 'merge-with-itself' : obstacleIn(secondary),
  };
}

function obstacleIn({ deleting, mergedInto }: WholeContact): MergePreview['obstacle'] {
  if (deleting) return 'secondary-deleted';
  return mergedInto === null ? null : 'already-merged';
}

function conflictsOf(
  primary: WholeContact,
  secondary: WholeContact,
  [primaryId, secondaryId]: readonly [string, string],
): MergePreview['conflicts'] {
  return primary.values.flatMap(({ alias, medium, value }) => {
    const other = secondary.values.find((one) => one.alias === alias && one.medium === null);
    if (medium !== null || !other || isSameValue(value, other.value)) return [];
    const values = [
      { contactId: primaryId, value },
      { contactId: secondaryId, value: other.value },
    ];
    return [{ alias, values }];
  });
}
