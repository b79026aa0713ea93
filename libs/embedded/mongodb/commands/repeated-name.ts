import { sizeOf } from '../values/document.js';
import { readCString } from '../values/strings.js';

/** The first field name that comes twice at the top of a validated document; its decoded form would hide the second. */
export function repeatedName(source: Buffer): string | undefined {
  const seen = new Set<string>();
  const end = source.readInt32LE(0) - 1;
  for (let offset = 4; offset < end;) {
    const type = source[offset] ?? 0;
    const name = readCString(source, offset + 1);
    if (seen.has(name)) return name;
    seen.add(name);
    const valueStart = source.indexOf(0, offset + 1) + 1;
    offset = valueStart + sizeOf(source, type, valueStart);
  }
  return undefined;
}
