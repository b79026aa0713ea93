/** What is used of a Readable in object mode; the client's own types of streams are none. */
export interface ObjectStream {
  on(event: 'readable' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** `null` when nothing is buffered. */
  read(): unknown;
}

export interface DrainOptions {
  /** Most items of one batch. */
  readonly limit: number;
  /** Milliseconds without any news after which `idle` is asked. */
  readonly idleAfter: number;
  /** Says what is wrong, or that the silence is all right. */
  readonly idle: () => Promise<Error | undefined>;
  readonly signal: AbortSignal;
}

export interface Drain<T> {
  /** Ends with the stream, or when the signal aborts; throws the stream's error. A batch may be empty. */
  readonly batches: AsyncGenerator<T[]>;
  /** How many items have left the stream. */
  readonly taken: () => number;
  /** Something beside the items happened: gives a batch, empty if need be. */
  readonly poke: () => void;
}

/** What a stream of objects has buffered, batch by batch: one turn of the event loop for many items, not one for each. */
export function drain<T>(stream: ObjectStream, options: DrainOptions): Drain<T> {
  let failure: { readonly error: Error } | undefined;
  let ended = false;
  let news = false;
  let taken = 0;
  let wake: (() => void) | undefined;
  const poke = (): void => {
    news = true;
    wake?.();
  };
  stream.on('readable', poke);
  stream.on('end', () => {
    ended = true;
    poke();
  });
  stream.on('error', (error: Error) => {
    failure ??= { error };
    poke();
  });

  function take(): T[] {
    const batch: T[] = [];
    while (batch.length < options.limit) {
      const item = stream.read() as T | null;
      if (item === null) break;
      batch.push(item);
      // At once, not for the batch: reading lets the stream take in more, and who is told of that asks how many are out.
      taken++;
    }
    return batch;
  }

  /** Resolves with false when there was none in time. */
  function waitForNews(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (came: boolean) => (): void => {
        clearTimeout(timer);
        wake = undefined;
        resolve(came);
      };
      const timer = setTimeout(settle(false), options.idleAfter);
      wake = settle(true);
    });
  }

  async function* batches(): AsyncGenerator<T[]> {
    options.signal.addEventListener('abort', poke);
    try {
      while (!options.signal.aborted) {
        const batch = take();
        if (batch.length > 0 || news) {
          news = false;
          yield batch;
        } else if (failure) {
          throw failure.error;
        } else if (ended) {
          return;
        } else if (await waitForNews()) {
          // What arrived together shall go together: one item at a time would cost as much again as reading it.
          await new Promise(setImmediate);
        } else {
          const wrong = await options.idle();
          if (wrong) throw wrong;
        }
      }
    } finally {
      options.signal.removeEventListener('abort', poke);
    }
  }

  return { batches: batches(), taken: () => taken, poke };
}
