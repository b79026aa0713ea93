import type { Document } from '../values/index.js';
import type { Value } from '../values/index.js';

/** A view: what a pipeline makes of another collection or view, made anew at each reading. */
export interface View {
  readonly id: number;
  readonly viewOn: string;
  readonly pipeline: readonly Value[];
  /** As listCollections shows them, `viewOn` and `pipeline` included. */
  readonly options: Document;
}

/** The view that some options declare; undefined when they are those of a collection. */
export function viewOf(id: number, options: Document): View | undefined {
  const viewOn = options.get('viewOn');
  const pipeline = options.get('pipeline');
  return typeof viewOn === 'string' && Array.isArray(pipeline) ? { id, viewOn, pipeline, options } : undefined;
}
