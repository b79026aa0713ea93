import { StoreUnavailable } from '../errors.js';
import type { Documents, GuardedWrite } from '../ports/documents.js';
import { foldBatch, StepFailed } from './fold-batch.js';
import type { FoldInput } from './fold-batch.js';
import { sideName } from './progress.js';
import type { Poison } from './progress.js';
import type { WrittenIds } from './written-ids.js';

const attempts = 8;

/**
 * Folds the events into the model and writes it. A guard that does not hold means that the database is not what was
 * loaded: load and fold again. Answers the poison, if an event is one: everything before it is written.
 * Throws `StoreUnavailable`; calling again with the same or other events after the checkpoint is safe.
 */
export async function applyBatch(input: FoldInput): Promise<Poison | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const { side, model } = await foldBatch(input);
      // At the same time: a crash between them is one that either kind takes up by itself.
      const refused = await Promise.all([
        write(input.documents, sideName(input.collection), side, input.written?.side),
        write(input.documents, input.collection, model, input.written?.model),
      ]);
      if (refused.flat().length === 0) return undefined;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      return await stopBefore(input, error);
    }
  }
  throw new StoreUnavailable('documents', `${input.collection} is being written by somebody else`);
}

async function write(
  documents: Documents,
  collection: string,
  writes: readonly GuardedWrite[],
  written: WrittenIds | undefined,
): Promise<readonly string[]> {
  // Before it is done: what fails halfway, or is refused because it is there, has to be loaded the next time.
  for (const { next } of writes) written?.add(next.id);
  return writes.length === 0 ? [] : documents.write(collection, writes);
}

/** Takes in what stands before the poison, and names it. What the database refuses is put down to the first event. */
async function stopBefore(input: FoldInput, error: unknown): Promise<Poison> {
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof StepFailed)) return { position: input.events[0]?.position ?? input.checkpoint, reason };
  const events = input.events.filter(({ position }) => position < error.position);
  return (await applyBatch({ ...input, events })) ?? { position: error.position, reason };
}
