import { describe, expect, it } from '@jest/globals';
import { Long } from 'mongodb';
import type { Document } from 'mongodb';
import { createIndex, failure, useServer } from './fixture.js';

const server = useServer();

interface CursorReply {
  readonly cursor: { readonly id: Long; readonly firstBatch: unknown[]; readonly nextBatch: unknown[] };
}

/** Runs a command that answers with a cursor. */
const run = async (command: Document): Promise<CursorReply['cursor']> =>
  ((await server.db.command(command, { promoteLongs: false })) as CursorReply).cursor;

describe('cursors', () => {
  it('give 101 documents first, then what is asked for, and close at the limit (section 2)', async () => {
    const rows = await server.fresh('batches');
    await rows.insertMany(Array.from({ length: 300 }, (_, n) => ({ n })));
    const first = await run({ find: 'batches' });
    expect(first.firstBatch).toHaveLength(101);
    const more = await run({ getMore: first.id, collection: 'batches', batchSize: 10 });
    expect(more.nextBatch).toHaveLength(10);
    expect(await failure(server.db.command({ getMore: more.id, collection: 'other' }))).toBe(13);
    const rest = await run({ getMore: more.id, collection: 'batches' });
    expect([rest.nextBatch.length, rest.id]).toEqual([189, Long.ZERO]);
    expect((await run({ find: 'batches', limit: 3, batchSize: 3 })).id).toEqual(Long.ZERO);
    expect((await run({ find: 'batches', batchSize: 0 })).firstBatch).toEqual([]);
    expect(await failure(server.db.command({ getMore: Long.fromNumber(77), collection: 'batches' }))).toBe(43);
    expect(await failure(server.db.command({ getMore: 'x', collection: 'batches' }))).toBe(14);
  });

  it('are killed by name (section 2)', async () => {
    const rows = await server.fresh('killed');
    await rows.insertMany([{}, {}, {}]);
    const cursor = await run({ find: 'killed', batchSize: 1 });
    expect(
      await server.db.command({ killCursors: 'killed', cursors: [cursor.id, Long.ONE] }, { promoteLongs: false }),
    ).toEqual({
      cursorsKilled: [cursor.id],
      cursorsNotFound: [Long.ONE],
      cursorsAlive: [],
      cursorsUnknown: [],
      ok: 1,
    });
  });

  it.each([
    ['forwards', 1],
    ['backwards', -1],
  ] as const)(
    'see each document once, though others move it in the index meanwhile, %s (section 2)',
    async (_, direction) => {
      const rows = await server.fresh('moving');
      await createIndex(rows, { rank: 1 });
      await rows.insertMany(Array.from({ length: 2000 }, (__, n) => ({ _id: n as never, rank: n })));
      const seen: unknown[] = [];
      for await (const { _id } of rows.find({ rank: { $gte: -5000 } }, { batchSize: 50 }).sort({ rank: direction })) {
        seen.push(_id);
        // Every second step a document jumps from one end of the index to the other.
        if (seen.length % 20 === 0) {
          // Two that the scan has read ahead, but not given out: one moves on, one moves back.
          const soon = (n: number): number => (direction === 1 ? seen.length + n : 1999 - seen.length - n);
          const on = direction === 1 ? 6000 + seen.length : -3000 - seen.length;
          await rows.updateOne({ _id: soon(3) as never }, { $set: { rank: on } });
          await rows.updateOne({ _id: soon(4) as never }, { $set: { rank: -4000 * direction } });
          await rows.updateOne({ _id: (seen.length / 2) as never }, { $set: { rank: 5000 + seen.length } });
          await rows.updateOne({ _id: (1999 - seen.length / 2) as never }, { $set: { rank: -seen.length } });
        }
      }
      expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 2000 }, (__, n) => n));
    },
  );
});
