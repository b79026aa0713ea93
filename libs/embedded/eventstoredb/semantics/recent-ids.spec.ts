import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLog } from '../storage/event-log.js';
import { append } from './append.js';
import { RecentIds } from './recent-ids.js';
import { StreamStore } from './stream-store.js';

const id = (letter: string) => Buffer.alloc(16, letter);
const event = (letter: string) => ({
  id: id(letter),
  type: 't',
  isJson: false,
  metadata: Buffer.alloc(0),
  data: Buffer.alloc(0),
});

describe('26: the memory of ids', () => {
  it('knows the first occurrence, also when an older one is loaded later than a newer one was written', () => {
    const recent = new RecentIds((stream) => (stream === 's' ? [{ id: id('a'), revision: 3 }] : []));
    recent.remember({ stream: 's', id: id('a'), revision: 7 });
    recent.remember({ stream: 's', id: id('b'), revision: 8 });
    expect([recent.revisionOf('s', id('a')), recent.revisionOf('s', id('b'))]).toEqual([3, 8]);
  });

  it('loads a stream once, and one that began in its time never', () => {
    const loaded: string[] = [];
    const recent = new RecentIds((stream) => {
      loaded.push(stream);
      return [];
    });
    recent.remember({ stream: 'new', id: id('a'), revision: 0 });
    for (const stream of ['new', 'old', 'old']) recent.revisionOf(stream, id('a'));
    expect(loaded).toEqual(['old']);
  });

  it('holds the newest 200,000 ids and no more', () => {
    const recent = new RecentIds(() => []);
    const numbered = (number: number) => Buffer.alloc(16, String(number).padStart(16, '0'));
    for (let revision = 0; revision <= 200_000; revision++)
      recent.remember({ stream: 's', id: numbered(revision), revision });
    expect([0, 1, 200_000].map((number) => recent.revisionOf('s', numbered(number)))).toEqual([undefined, 1, 200_000]);
  });
});

describe('24 (table): after a restart', () => {
  let directory: string;
  let log: EventLog;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'recent-ids-'));
    log = new EventLog(directory);
  });

  afterEach(() => {
    log.close();
    rmSync(directory, { recursive: true });
  });

  it('only the newest events of the whole log are looked at', () => {
    const store = new StreamStore(log);
    for (const [index, stream] of ['s', 't', 's', 't'].entries())
      store.transaction(() => append(store, { stream, expected: 'any', events: [event(String(index))] }));
    const head = log.head('s');
    const found = (newest: number) =>
      head && Array.from(log.reader.newestIds(head, newest), ({ revision }) => revision);
    expect([1, 2, 3, 4, 100].map(found)).toEqual([[], [1], [1], [0, 1], [0, 1]]);
  });

  it('each id is known where it first occurred in its stream, whenever the restarts were', () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(fc.constantFrom('s' as const, 't' as const), fc.constantFrom('a', 'b', 'c', 'd')),
      },
      { weight: 1, arbitrary: fc.constant('restart' as const) },
      { weight: 2, arbitrary: fc.constantFrom('ask s' as const, 'ask t' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.uuid(), (steps, run) => {
        let store = new StreamStore(log);
        const written = { s: '', t: '' };
        const known = (stream: string) =>
          ['a', 'b', 'c', 'd'].map((letter) => store.recentIds.revisionOf(stream + run, id(letter)) ?? -1);
        for (const taken of steps) {
          if (taken === 'restart') {
            store = new StreamStore(log);
          } else if (typeof taken === 'string') {
            known(taken.slice(-1));
          } else {
            const [stream, letter] = taken;
            store.transaction(() => store.append(stream + run, [event(letter)]));
            written[stream] += letter;
          }
        }
        for (const [stream, letters] of Object.entries(written))
          expect(known(stream)).toEqual(['a', 'b', 'c', 'd'].map((letter) => letters.indexOf(letter)));
      }),
      { numRuns: 50 },
    );
  });
});
