import { describe, expect, test } from '@jest/globals';
import type { RecordedEvent } from '#event-sourcing';
import { cutBatches } from './batches.js';

const event = (position: number, type = 'Any'): RecordedEvent => ({
  id: `${position}-${type}`,
  stream: 'talk-1',
  revision: position,
  position,
  type,
  data: {},
  metadata: {
    commandId: 'c',
    commandHash: 'h',
    correlationId: 'c',
    causationId: 'c',
    actor: { id: 'test', role: 'workflow' },
    at: '2026-03-02T09:00:00.000Z',
    schemaVersion: 1,
  },
  created: '2026-03-02T09:00:00.000Z',
});

const positions = (events: readonly RecordedEvent[], largest: number) =>
  cutBatches(events, largest, ({ type }) => type === 'Erasure').map((batch) => batch.map(({ position }) => position));

describe('batches', () => {
  test('are as large as they may be', () => {
    expect(
      positions(
        [1, 2, 3, 4, 5].map((position) => event(position)),
        2,
      ),
    ).toStrictEqual([[1, 2], [3, 4], [5]]);
  });

  test('keep together the events that an old one was read as', () => {
    const events = [event(1), event(2, 'A'), event(2, 'B'), event(2, 'C'), event(3)];
    expect(positions(events, 2)).toStrictEqual([[1], [2, 2, 2], [3]]);
  });

  test('hold an erasure alone', () => {
    const events = [event(1), event(2), event(3, 'Erasure'), event(4), event(5, 'Erasure'), event(6, 'Erasure')];
    expect(positions(events, 1_000)).toStrictEqual([[1, 2], [3], [4], [5], [6]]);
  });

  test('are none when there is no event', () => {
    expect(positions([], 1_000)).toStrictEqual([]);
  });
});
