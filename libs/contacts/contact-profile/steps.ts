import type { ProjectedDocument, ProjectionSteps, Recorded, removed, SideDocuments } from '#event-sourcing';
import type { ProfileEvent } from './profile.js';

/** What any event that a profile follows does to a model. */
interface ProfileStep<Doc extends ProjectedDocument, Side extends ProjectedDocument> {
  readonly key: (
    event: Recorded<ProfileEvent>,
    side: SideDocuments<Side>,
    before: SideDocuments<Side>,
  ) => string | readonly string[];
  readonly project: (
    document: Doc | undefined,
    event: Recorded<ProfileEvent>,
    context: { readonly id: string; readonly side: SideDocuments<Side> },
  ) => Doc | typeof removed | undefined;
}

/** The same step for each of them. */
export function profileSteps<Doc extends ProjectedDocument, Side extends ProjectedDocument>(
  step: ProfileStep<Doc, Side>,
): Required<ProjectionSteps<Doc, ProfileEvent, Side>> {
  return {
    ContactCreated: step,
    IdentityAttached: step,
    ContactSeenOnChannel: step,
    ProfileNameChanged: step,
    ContactRenamed: step,
    AttributeSet: step,
    AttributeCleared: step,
    VipMarked: step,
    VipUnmarked: step,
    ContactBlocked: step,
    ContactUnblocked: step,
    ContactHandedOver: step,
    ContactGivenBack: step,
    ContactsMerged: step,
    MergeUndone: step,
    ContactDeletionRequested: step,
  };
}
