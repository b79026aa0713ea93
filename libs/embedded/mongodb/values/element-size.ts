import { BsonType } from './scalars.js';
import { nulAt } from './strings.js';

/** How many bytes the value of type `type` at `offset` of validated bytes takes. */
export function sizeOf(source: Buffer, type: number, offset: number): number {
  switch (type) {
    case BsonType.double:
    case BsonType.date:
    case BsonType.timestamp:
    case BsonType.long:
      return 8;
    case BsonType.string:
    case BsonType.javascript:
    case BsonType.symbol:
      return 4 + source.readInt32LE(offset);
    case BsonType.object:
    case BsonType.array:
    case BsonType.javascriptWithScope:
      return source.readInt32LE(offset);
    case BsonType.binData:
      return 5 + source.readInt32LE(offset);
    case BsonType.objectId:
      return 12;
    case BsonType.bool:
      return 1;
    case BsonType.regex:
      return nulAt(source, nulAt(source, offset) + 1) + 1 - offset;
    case BsonType.dbPointer:
      return 16 + source.readInt32LE(offset);
    case BsonType.int:
      return 4;
    case BsonType.decimal:
      return 16;
    default:
      return 0;
  }
}
