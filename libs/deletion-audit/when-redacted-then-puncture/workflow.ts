import type { Position, Recorded, ToDo, Workflow, WorkflowPorts } from '#event-sourcing';
import type { RedactionEvent } from '../redactions/index.js';

/** What is still to be taken away of one redaction. */
export interface RedactionInHand {
  readonly subjectId: string;
  readonly eventIds: readonly string[];
  readonly maskedAt: Position;
}

export interface PunctureState {
  readonly redaction: RedactionInHand | null;
}

export interface Puncture extends ToDo {
  readonly name: 'puncture';
  readonly redaction: RedactionInHand;
}

/** So long the models are waited for before the step is tried again. Milliseconds. */
const patience = 5_000;

/**
 * When content was redacted, then its keys are taken away, if a crash has kept the request from it, and the read models
 * rewrite their files without what they have masked.
 */
export const whenRedactedThenPuncture: Workflow<RedactionEvent, PunctureState, Puncture> = {
  name: 'when-redacted-then-puncture',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['MessageRedacted', 'InternalNoteRedacted', 'ContactNoteRedacted', 'AttributeValuesRedacted']),
  key: ({ data }: Recorded<RedactionEvent>) => data.redactionId,
  initial: { redaction: null },
  evolve: (_state, { data: { subjectId, eventIds }, position }) => ({
    redaction: { subjectId, eventIds, maskedAt: position },
  }),
  react: ({ redaction }) => (redaction ? [{ id: 'puncture', name: 'puncture', redaction }] : []),
  owners: () => [],
  performer: (ports) => ({ perform: ({ redaction }) => puncture(ports, redaction) }),
};

async function puncture(
  { keys, models, scavenger }: WorkflowPorts,
  { subjectId, eventIds, maskedAt }: RedactionInHand,
): Promise<Position> {
  await keys.puncture(subjectId, eventIds);
  await models.waitFor(maskedAt, patience);
  await scavenger.compactModels();
  return 0;
}
