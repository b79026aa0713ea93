import { encodeDocument, MongoError } from '../values/index.js';
import type { Document } from '../values/index.js';
import { memoryLimit } from './stage.js';

/** Counts what a stage holds. Throws 292 beyond 100 MB unless the command allows disk use. */
export function memoryMeter(stage: string, allowDiskUse: boolean): (document: Document) => void {
  let held = 0;
  return (document) => {
    if (allowDiskUse) return;
    held += (document.bytes ?? encodeDocument(document)).length;
    if (held > memoryLimit)
      throw new MongoError(
        292,
        `Sort or group exceeded memory limit of ${memoryLimit} bytes in ${stage}, but did not opt in to external sorting.`,
      );
  };
}
