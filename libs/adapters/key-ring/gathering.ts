/**
 * Calls that come within one turn of the event loop, and while the one before is under way, become one. Each is
 * answered with what all of them asked for.
 */
export function createGathering<T>(
  fetch: (wanted: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (wanted: readonly string[]) => Promise<ReadonlyMap<string, T>> {
  let next: { readonly wanted: Set<string>; readonly answer: Promise<ReadonlyMap<string, T>> } | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function begin(wanted: Set<string>): Promise<ReadonlyMap<string, T>> {
    await running.catch(() => undefined);
    await new Promise(setImmediate);
    next = undefined;
    const answer = fetch([...wanted]);
    running = answer;
    return answer;
  }

  return (subjects) => {
    if (!next) {
      const wanted = new Set<string>();
      next = { wanted, answer: begin(wanted) };
    }
    for (const subject of subjects) next.wanted.add(subject);
    return next.answer;
  };
}
