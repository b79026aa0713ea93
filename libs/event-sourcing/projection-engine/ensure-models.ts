import type { Documents } from '../ports/documents.js';
import type { AnyProjection } from '../projection.js';
import { sideName } from './progress.js';

/** Makes the collections of the models, and of their side documents, with their indexes. */
export async function ensureModels(
  documents: Documents,
  projections: readonly AnyProjection[],
  nameOf: (projection: AnyProjection) => string,
): Promise<void> {
  for (const projection of projections) {
    await documents.ensureModel(nameOf(projection), projection.indexes);
    if (projection.hasSide) await documents.ensureModel(sideName(nameOf(projection)), []);
  }
}

/** Removes the tombstones up to `upTo`: nobody can come any more with what stood before them. */
export async function sweepModels(
  documents: Documents,
  projections: readonly AnyProjection[],
  upTo: number,
): Promise<void> {
  for (const { name, hasSide } of projections) {
    await documents.sweep(name, upTo);
    if (hasSide) await documents.sweep(sideName(name), upTo);
  }
}
