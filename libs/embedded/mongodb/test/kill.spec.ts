import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { MongoClient } from 'mongodb';
import { outcome, startListening, startProgram } from './foreground.js';
import { createIndex, temporaryDirectory } from './fixture.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 20);
const WRITERS = 8;

let directory: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  directory = temporaryDirectory();
});

afterEach(() => {
  directory.remove();
});

/** Writes until the server dies; answers the last number that each writer got an answer for. */
async function writeUntilKilled(url: string, round: number, kill: () => void): Promise<number[]> {
  const client = new MongoClient(url, { maxPoolSize: WRITERS, serverSelectionTimeoutMS: 500 });
  const counters = client.db('load').collection<{ _id: string; n: number; round: number }>('counters');
  const acknowledged = Array.from({ length: WRITERS }, () => 0);
  const after = 20 + ((round * 37) % 200);
  let answers = 0;
  const writer = async (id: number): Promise<void> => {
    for (let n = 1; ; n++) {
      await counters.replaceOne({ _id: `${round}-${id}` }, { n, round }, { upsert: true });
      acknowledged[id] = n;
      if (++answers === after) kill();
    }
  };
  await Promise.allSettled(acknowledged.map((_, id) => writer(id)));
  await client.close();
  return acknowledged;
}

describe('killed under load', () => {
  it(`loses nothing that it acknowledged, ${ROUNDS} times (fact 20, row R1)`, async () => {
    const expected = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const { child, url } = await startListening(directory.path);
      const died = once(child, 'exit');
      if (round === 0) {
        const client = await new MongoClient(url).connect();
        await createIndex(client.db('load').collection('counters'), { round: 1, n: 1 });
        await client.close();
      }
      const acknowledged = await writeUntilKilled(url, round, () => child.kill('SIGKILL'));
      acknowledged.forEach((n, id) => expected.set(`${round}-${id}`, n));
      await died;
    }
    const { child, url } = await startListening(directory.path);
    const client = await new MongoClient(url).connect();
    const counters = client.db('load').collection<{ _id: string; n: number }>('counters');
    const stored = new Map((await counters.find().toArray()).map(({ _id, n }) => [_id, n]));
    const lost = [...expected].filter(
      ([id, n]) => n > 0 && !((stored.get(id) ?? 0) >= n && (stored.get(id) ?? 0) <= n + 1),
    );
    expect(lost).toEqual([]);
    expect(await counters.countDocuments({}, { hint: 'round_1_n_1' })).toBe(stored.size);
    await client.close();
    child.kill('SIGTERM');
    expect(await outcome(child)).toEqual({ code: 0, errors: '' });
  }, 600_000);
});

describe('the foreground program', () => {
  it('refuses bad arguments with its usage and exit code 2', async () => {
    const { code, errors } = await outcome(startProgram(['--port', 'many']));
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining('usage:') });
  });

  it('refuses a data directory that another one uses, in one line (fact 17)', async () => {
    const { child } = await startListening(directory.path);
    const second = await outcome(startProgram(['--port', '0', '--data', directory.path]));
    expect(second).toEqual({
      code: 1,
      errors: `embedded MongoDB: data directory ${directory.path} is in use by another embedded MongoDB\n`,
    });
    child.kill('SIGTERM');
    expect((await outcome(child)).code).toBe(0);
  });
});
