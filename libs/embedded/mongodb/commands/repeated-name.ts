import { sizeOf } from '../values/element-size.js';
import { readName } from '../values/strings.js';

/** The first field name that comes twice at the top of a validated document; its decoded form would hide the second. */
export function repeatedName(source: Buffer): string | undefined {
  const seen = new Set<string>();
  const end = source.readInt32LE(0) - 1;
  for (let offset = 4; offset < end;) {
    const type = source[offset] ?? 0;
    const nameEnd = source.indexOf(0, offset + 1);
    const name = readName(source, offset + 1, nameEnd);
    if (seen.has(name)) return name;
    seen.add(name);
    offset = nameEnd + 1 + sizeOf(source, type, nameEnd + 1);
  }
  return undefined;
}
