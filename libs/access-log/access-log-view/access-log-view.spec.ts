import { describe, expect, it } from '@jest/globals';
import { readInMemory } from '#event-sourcing';
import type { Secrets } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { RecordedAs } from '#event-sourcing-testing';
import type { AccessEvent } from '../accesses/events.js';
import { accessLogPage, accessLogProjection } from './index.js';

const secrets: Secrets = { seal: (plain) => `sealed:${plain}`, open: (sealed) => sealed.replace('sealed:', '') };
const on = (day: string, id = 'ann'): RecordedAs => ({
  stream: `reads-${day}`,
  actor: { id, role: 'agent' },
  at: `${day}T09:00:00.000Z`,
});
const read = (contactId: string, as: RecordedAs): readonly [AccessEvent, RecordedAs] => [
  { type: 'ContactRead', data: { contactId, what: 'contact', times: 2 } },
  as,
];

const log = recordEvents<AccessEvent>([
  read('ada', on('2026-03-01')),
  read('bo', on('2026-03-02')),
  read('ada', on('2026-03-03', 'eve')),
  [
    { type: 'PersonalDataRevealed', data: { what: 'replay', types: ['AttributeSet'], reason: 'sealed:audit' } },
    on('2026-03-04', 'eve'),
  ],
]);

async function shown(filters = {}, now = '2026-03-05T00:00:00.000Z', events = log): Promise<object[]> {
  const documents = [...projectedDocuments(accessLogProjection, events)].map(([_id, each]) => ({
    ...each,
    _id,
    _at: 0,
  }));
  const here = () => Promise.resolve(0);
  const models = readInMemory(() => documents, { position: here, waitFor: here });
  const page = await accessLogPage({ models, secrets }, filters, now, { limit: 10 });
  return page.items.map(({ at, contactId }) => ({ day: at.slice(0, 10), contactId }));
}

describe('the access log', () => {
  it('HIS-8: shows who read what, newest first, filtered by contact, user and time', async () => {
    expect(await shown()).toStrictEqual([
      { day: '2026-03-04', contactId: undefined },
      { day: '2026-03-03', contactId: 'ada' },
      { day: '2026-03-02', contactId: 'bo' },
      { day: '2026-03-01', contactId: 'ada' },
    ]);
    expect(await shown({ contactId: 'ada', userId: 'ann' })).toStrictEqual([{ day: '2026-03-01', contactId: 'ada' }]);
    expect(await shown({ from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T23:59:59.999Z' })).toStrictEqual([
      { day: '2026-03-02', contactId: 'bo' },
    ]);
  });

  it('HIS-8: shows what is kept no longer than 90 days', async () => {
    expect(await shown({}, '2026-05-31T08:00:00.000Z')).toHaveLength(3);
    expect(await shown({ from: '2026-01-01T00:00:00.000Z' }, '2026-07-01T00:00:00.000Z')).toStrictEqual([]);
  });

  it('HIS-8: drops the entries that are forgotten', async () => {
    const forgotten: AccessEvent = { type: 'AccessesForgotten', data: { day: '2026-03-01', first: 0, count: 500 } };
    const rest = await shown({}, undefined, [...log, ...recordEvents<AccessEvent>([forgotten])]);
    expect(rest).toHaveLength(3);
    expect(rest).not.toContainEqual({ day: '2026-03-01', contactId: 'ada' });
  });

  it('DEL-2: an entry goes with its contact', () => {
    const owned = [...projectedDocuments(accessLogProjection, log)].map(([id, document]) => [
      id,
      accessLogProjection.owners(id, document),
    ]);
    expect(owned).toStrictEqual([
      ['2026-03-01/0', ['ada']],
      ['2026-03-02/0', ['bo']],
      ['2026-03-03/0', ['ada']],
      ['2026-03-04/0', []],
    ]);
  });
});
