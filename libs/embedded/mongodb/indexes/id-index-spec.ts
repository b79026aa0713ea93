import { Document, int32 } from '../values/index.js';
import { indexSpec } from './index-spec.js';
import type { IndexSpec } from './index-spec.js';

const plain = indexSpec(
  new Document([
    ['v', int32(2)],
    ['key', new Document([['_id', int32(1)]])],
    ['name', '_id_'],
  ]),
);

/** The index on `_id`, which a clustered collection declares itself. */
export function idIndexSpec(options: Document): IndexSpec {
  const clustered = options.get('clusteredIndex');
  return clustered instanceof Document ? indexSpec(clustered.clone().set('clustered', true)) : plain;
}
