import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readAllPage } from '../semantics/read-all.js';
import { openForReading, openForWriting } from './connection.js';
import { DamagedStoreError } from './damage.js';
import { EventLog } from './event-log.js';
import type { ProposedEvent } from './events.js';
import { verifyNewest } from './verification.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'event-log-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const event = (letter: string, size = 1): ProposedEvent => ({
  id: Buffer.alloc(16, letter),
  type: `type-${letter}`,
  isJson: false,
  metadata: Buffer.alloc(0),
  data: Buffer.alloc(size, letter),
});

/** Appends one event each to the streams, and closes the log again. */
function written(...streams: string[]): void {
  using log = opened();
  for (const stream of streams) log.transaction(() => log.append(stream, [event(stream)]));
}

function opened(): EventLog & Disposable {
  const log = new EventLog(directory);
  return Object.assign(log, {
    [Symbol.dispose]() {
      log.close();
    },
  });
}

/** Does to the database file what nobody should. */
function tamper(sql: string): void {
  const db = new DatabaseSync(join(directory, 'events.sqlite'));
  db.exec(sql);
  db.close();
}

describe('71: the tables', () => {
  it('have a stream’s revisions by their index, and the log by its positions', () => {
    written('a', 'b', 'a');
    using log = opened();
    const head = log.head('a');
    expect(head).toEqual({ sid: 1, name: 'a', firstRevision: 0, lastRevision: 1, isTombstoned: false, metadata: {} });
    expect(log.reader.allPage({ from: 1, to: 3, direction: 'backwards' }, { events: 9, bytes: 99 })).toMatchObject([
      { position: 3, stream: 'a', revision: 1 },
      { position: 2, stream: 'b', revision: 0 },
      { position: 1, stream: 'a', revision: 0 },
    ]);
  });

  it.each([
    ['of another program', 'PRAGMA application_id = 1', 'the database file is not an event log'],
    ['of another format', 'PRAGMA user_version = 99', 'the event log has format 99, this program reads format 1'],
    [
      'that somebody has added to',
      'CREATE INDEX by_id ON events(id)',
      'the tables of the event log are not the ones this program made',
    ],
  ])('%s are refused', (_, sql, message) => {
    written('a');
    tamper(sql);
    expect(() => new EventLog(directory)).toThrow(new DamagedStoreError(message));
  });
});

it('72: the revision of a tombstone stays a small number', () => {
  using log = opened();
  log.transaction(() => log.append('a', [event('a')]));
  const { result } = log.transaction(() => log.tombstone('a', event('t')));
  expect(result).toMatchObject({ revision: 1, isTombstone: true });
  expect(log.head('a')).toMatchObject({ lastRevision: 0, isTombstoned: true });
});

it('70, 73: connections write ahead, overwrite what they delete, and checkpoint only when told to', () => {
  const db = openForWriting(directory);
  const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect(
    ['journal_mode', 'synchronous', 'secure_delete', 'wal_autocheckpoint', 'trusted_schema', 'page_size'].map(pragma),
  ).toEqual(['wal', 1, 1, 0, 0, 4096]);
  db.close();
  const reading = openForReading(directory);
  expect(() => {
    reading.exec('DELETE FROM events');
  }).toThrow('attempt to write a readonly database');
  reading.close();
});

describe('76: when a log is opened', () => {
  it('a missing end is noticed, of a log that was never scavenged, too', () => {
    written('a', 'b', 'c');
    tamper('DELETE FROM events WHERE position = 3');
    expect(() => new EventLog(directory)).toThrow(
      'the newest events are missing: the log ends at position 2, but position 3 was acknowledged',
    );
  });

  it('the newest events are verified, before anything is served', () => {
    written('a', 'b', 'c');
    tamper(`UPDATE events SET data = x'00' WHERE position = 2`);
    using log = opened();
    expect(() => {
      verifyNewest(log.reader);
    }).toThrow(new DamagedStoreError(`event 0 of stream 'b' at position 2 is damaged`));
  });
});

it('78: a page has as many events as were asked for, or as bytes allow, and one at least', () => {
  using log = opened();
  log.transaction(() => log.append('a', [event('a', 10), event('b', 10), event('c', 50), event('d', 10)]));
  const page = (from: number, events: number, bytes: number) =>
    log.reader
      .allPage({ from, to: 4, direction: 'forwards' }, { events, bytes })
      .map(({ data }) => String.fromCharCode(data[0] ?? 0))
      .join('');
  expect([page(1, 3, 1000), page(1, 9, 15), page(3, 9, 1), page(1, 9, 1000)]).toEqual(['abc', 'ab', 'c', 'abcd']);
});

it('79: a filter reads no payload of what it does not match', () => {
  written('a', 'b', 'c');
  tamper(`UPDATE events SET data = x'00' WHERE position = 2`);
  using log = opened();
  const read = (prefix: string) =>
    readAllPage(
      log.reader,
      {
        source: 'all',
        direction: 'forwards',
        from: 1,
        to: 3,
        count: 9,
        resolveLinks: false,
        filter: { on: 'stream', prefixes: [prefix] },
      },
      { events: 9, bytes: 999 },
    ).items.length;
  expect([read('a'), read('c')]).toEqual([1, 1]);
  expect(() => read('b')).toThrow(DamagedStoreError);
});
