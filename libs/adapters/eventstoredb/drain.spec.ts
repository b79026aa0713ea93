import { Transform } from 'node:stream';
import { expect, it } from '@jest/globals';
import { drain } from './drain.js';

it('knows at any moment how many items have left the stream, also while it reads', async () => {
  const wrong: { readonly pushed: number; readonly known: number }[] = [];
  let pushed = 0;
  // Like the client's subscriptions: what it takes in while somebody reads can be a message between the events.
  const stream: Transform = new Transform({
    objectMode: true,
    highWaterMark: 4,
    transform(item, _encoding, next) {
      const known = reading.taken() + stream.readableLength;
      // One more may be on its way: what `read` is about to give is in neither.
      if (pushed - known > 1) wrong.push({ pushed, known });
      pushed++;
      next(null, item);
    },
  });
  const reading = drain<number>(stream, {
    limit: 50,
    idleAfter: 10_000,
    idle: () => Promise.resolve(undefined),
    signal: new AbortController().signal,
  });
  const items = Array.from({ length: 500 }, (_, index) => index);
  // Not ended yet: a Transform that is to end no longer waits for its reader.
  for (const item of items) stream.write(item);
  const read: number[] = [];
  for await (const batch of reading.batches) {
    read.push(...batch);
    if (read.length === items.length) stream.end();
  }
  expect(read).toEqual(items);
  expect(wrong).toEqual([]);
});
