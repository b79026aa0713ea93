import { StreamTombstonedError } from '../semantics/read-stream.js';
import { DamagedStoreError } from '../storage/damage.js';

/** An error on its way between threads, where its class would get lost. */
export type Failure =
  | { readonly kind: 'tombstoned'; readonly stream: string }
  | { readonly kind: 'damaged' | 'other'; readonly message: string };

export function describeFailure(error: unknown): Failure {
  if (error instanceof StreamTombstonedError) return { kind: 'tombstoned', stream: error.stream };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof DamagedStoreError ? 'damaged' : 'other', message };
}

export function toError(failure: Failure): Error {
  switch (failure.kind) {
    case 'tombstoned':
      return new StreamTombstonedError(failure.stream);
    case 'damaged':
      return new DamagedStoreError(failure.message);
    case 'other':
      return new Error(failure.message);
  }
}
