import { BSON } from 'mongodb';

import { decodeDocument, encodeDocument } from './index.js';
import type { Document } from './index.js';

/** A document written as the driver's users write it: whole numbers are int32, others doubles. */
export const doc = (plain: BSON.Document): Document => decodeDocument(BSON.serialize(plain));

/** What the driver's users see of a document, with the number types left apart. */
export const plain = (document: Document): BSON.Document =>
  BSON.deserialize(encodeDocument(document), { promoteValues: false, promoteLongs: false, bsonRegExp: true });

/** The same with plain numbers, for tests that do not mind their types. */
export const loose = (document: Document): BSON.Document => BSON.deserialize(encodeDocument(document));
