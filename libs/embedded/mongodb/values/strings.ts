const cacheSize = 4096;
const cache: string[] = new Array<string>(cacheSize).fill('');

/**
 * The field name at `start`..`end`. The same few names come back in every document, so they are looked up by a hash of
 * their bytes: a hit costs no decoding and no allocation.
 */
export function readName(source: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > 40) return source.toString('utf8', start, end);
  let hash = length;
  for (let index = start; index < end; index += 1) hash = (hash * 31 + (source[index] ?? 0)) | 0;
  const slot = hash & (cacheSize - 1);
  const cached = cache[slot] ?? '';
  if (cached.length === length && sameAscii(source, start, cached)) return cached;
  const name = source.toString('utf8', start, end);
  cache[slot] = name;
  return name;
}

/** Whether the field name at `start`..`end` is this one. */
export function isName(source: Buffer, start: number, end: number, name: string): boolean {
  if (end - start === name.length && sameAscii(source, start, name)) return true;
  return end - start > name.length && readName(source, start, end) === name;
}

function sameAscii(source: Buffer, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f || code !== source[start + index]) return false;
  }
  return true;
}

/** The text from `start` to the next NUL. */
export const readCString = (source: Buffer, start: number): string =>
  source.toString('utf8', start, nulAt(source, start));

/** Where the next NUL stands; a loop, because names are short and a call into the runtime costs more. */
export function nulAt(source: Buffer, start: number): number {
  let offset = start;
  while (source[offset] !== 0 && offset < source.length) offset += 1;
  return offset;
}
