/** All that an endless or ended source yields, up to `limit`. */
export async function collect<T>(source: AsyncIterable<T>, limit = Infinity): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of source) {
    collected.push(item);
    if (collected.length >= limit) break;
  }
  return collected;
}
