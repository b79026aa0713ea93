import { Pacer } from '../cursors/batch.js';
import type { SecondaryIndex } from '../indexes/secondary-index.js';
import { Document, int32, MongoError } from '../values/index.js';
import { Arguments, countValue } from './arguments.js';
import { target } from './collections.js';
import type { Request, Server } from './command.js';

const CHUNK = 200;

/** Reads every document, checks its bytes, and whether each index has just the keys it should. */
export async function validate(request: Request, server: Server): Promise<Document> {
  Arguments.of(request, ['full', 'repair', 'metadata', 'background', 'checkBSONConformance', 'enforceFastCount']);
  const { namespace, collection } = target(request, server);
  if (collection === undefined) throw new MongoError(26, `Collection '${namespace}' does not exist to validate.`);
  const pacer = new Pacer(request.deadline, request.client.closed);
  const errors: string[] = [];
  const keys = new Map<SecondaryIndex, number>(collection.indexes.map((index) => [index, 0]));
  let count = 0;
  for (let rid = 0; ;) {
    const chunk = collection.checkedScan(rid, CHUNK, errors);
    for (const { document, rid: number } of chunk.documents) {
      count++;
      for (const [index, found] of keys) {
        const expected = index.keysOf(document, number).keys;
        keys.set(index, found + expected.length);
        const missing = expected.filter((key) => !index.holds(key, number));
        if (missing.length > 0)
          errors.push(`index ${index.spec.name} lacks ${missing.length} keys of record ${number}`);
      }
    }
    if (chunk.last === undefined) break;
    rid = chunk.last;
    await pacer.rest();
  }
  for (const [index, expected] of keys) {
    const held = index.table.count(Buffer.alloc(0), Buffer.of(0xff), Number.MAX_SAFE_INTEGER);
    if (held !== expected) errors.push(`index ${index.spec.name} holds ${held} keys instead of ${expected}`);
  }
  return new Document([
    ['ns', namespace],
    ['nInvalidDocuments', int32(0)],
    ['nrecords', countValue(count)],
    ['nIndexes', int32(keys.size + 1)],
    ['keysPerIndex', new Document([...keys].map(([index, found]) => [index.spec.name, countValue(found)] as const))],
    ['valid', errors.length === 0],
    ['warnings', []],
    ['errors', errors],
  ]);
}
