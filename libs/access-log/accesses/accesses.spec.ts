import { beforeEach, describe, expect, it } from '@jest/globals';
import { createCatalogue, kernelEvents, Overloaded } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import {
  collect,
  createInMemoryEventStore,
  createTestClock,
  createTestIds,
  createTestKeyRing,
  testGoldenEvents,
  withFaults,
} from '#event-sourcing-testing';
import type { InjectedFault, TestClock } from '#event-sourcing-testing';
import { accessLogEvents, createAccessRecorder } from './index.js';
import type { Access, AccessRecorder } from './index.js';

const catalogue = createCatalogue([kernelEvents, accessLogEvents]);
const ann = { id: 'ann', role: 'agent' } as const;

let clock: TestClock;
let keys: ReturnType<typeof createTestKeyRing>;
let store: EventStore;
let fault: InjectedFault | undefined;
let stumbles: number;

beforeEach(() => {
  clock = createTestClock('2026-06-30T23:59:50.000Z');
  keys = createTestKeyRing();
  fault = undefined;
  stumbles = 0;
  const inMemory = createInMemoryEventStore({ catalogue, clock, keys });
  store = withFaults(inMemory, ({ method }) => (method === 'append' ? fault : undefined));
});

const startRecorder = (): AccessRecorder =>
  createAccessRecorder({ store, ids: createTestIds('store'), clock, stumbled: () => stumbles++ });
const read = (contactId: string, reason?: string): Access => ({
  actor: ann,
  requestId: 'request-1',
  event: { type: 'ContactRead', data: { contactId, what: 'contact', ...(reason !== undefined && { reason }) } },
});
const recorded = async (day: string): Promise<RecordedEvent[]> => collect(store.readStream(`reads-${day}`));
const told = async (day: string): Promise<object[]> => (await recorded(day)).map(({ data }) => data);

describe('the recorder of accesses', () => {
  it('HIS-8: writes who read what and why into the stream of the day, after it has collected for a second', async () => {
    const recorder = startRecorder();
    recorder.record(read('ada', 'called me'));
    recorder.record(read('bo'));
    await clock.advance(999);
    expect(await recorded('2026-06-30')).toStrictEqual([]);
    await clock.advance(1);
    await recorder.close();
    const [first, second] = await recorded('2026-06-30');
    expect(first).toMatchObject({
      type: 'ContactRead',
      data: { contactId: 'ada', what: 'contact', reason: 'called me', times: 1 },
      metadata: { actor: ann, at: '2026-06-30T23:59:50.000Z', correlationId: 'request-1' },
    });
    expect(second?.data).toStrictEqual({ contactId: 'bo', what: 'contact', times: 1 });
  });

  it('HIS-8: counts what is read again within the second', async () => {
    const recorder = startRecorder();
    for (let time = 0; time < 3; time++) recorder.record(read('ada'));
    recorder.record(read('ada', 'another reason'));
    await recorder.close();
    expect(await told('2026-06-30')).toStrictEqual([
      { contactId: 'ada', what: 'contact', times: 3 },
      { contactId: 'ada', what: 'contact', reason: 'another reason', times: 1 },
    ]);
  });

  it('HIS-8: loses nothing on a clean stop, nor while the store is away, and doubles nothing', async () => {
    const recorder = startRecorder();
    recorder.record(read('ada'));
    fault = 'error-after';
    await clock.advance(1_000);
    fault = 'error-before';
    await clock.advance(1_000);
    fault = undefined;
    recorder.record(read('bo'));
    await clock.advance(1_000);
    await recorder.close();
    expect(stumbles).toBe(2);
    expect(await told('2026-06-30')).toStrictEqual([
      { contactId: 'ada', what: 'contact', times: 1 },
      { contactId: 'bo', what: 'contact', times: 1 },
    ]);
  });

  it('HIS-8: what cannot be recorded must not be read: beyond 10,000 waiting it refuses', () => {
    const recorder = startRecorder();
    for (let n = 0; n < 10_000; n++) recorder.record(read(`contact-${n}`));
    expect(() => {
      recorder.record(read('one too many'));
    }).toThrow(Overloaded);
  });

  it('DEL-2: writes nothing about a contact that is erased meanwhile, and everything about the others', async () => {
    const recorder = startRecorder();
    recorder.record(read('ada', 'called me'));
    recorder.record(read('bo', 'called me too'));
    await keys.destroy('ada', 'erasure');
    await recorder.close();
    expect(await told('2026-06-30')).toStrictEqual([
      { contactId: 'bo', what: 'contact', reason: 'called me too', times: 1 },
    ]);
  });

  it('HIS-8: keeps a day for 90 days, then says that its entries are forgotten, once', async () => {
    const first = startRecorder();
    for (let n = 0; n < 1_203; n++) first.record(read(`contact-${n}`));
    await first.close();
    expect(await recorded('2026-06-30')).toHaveLength(1_203);

    clock.set('2026-09-28T12:00:00.000Z');
    const onTheLastDay = startRecorder();
    onTheLastDay.record(read('ada'));
    await onTheLastDay.close();
    expect(await collect(store.readStream('reads-forgotten'))).toStrictEqual([]);

    clock.set('2026-09-29T12:00:00.000Z');
    for (const recorder of [startRecorder(), startRecorder()]) {
      recorder.record(read('ada'));
      await recorder.close();
    }
    expect(await told('forgotten')).toStrictEqual([
      { day: '2026-06-30', first: 0, count: 500 },
      { day: '2026-06-30', first: 500, count: 500 },
      { day: '2026-06-30', first: 1_000, count: 203 },
    ]);

    clock.set('2026-10-08T12:00:00.000Z');
    expect(await recorded('2026-06-30')).toStrictEqual([]);
  });
});

describe('the events', () => {
  testGoldenEvents(import.meta.dirname, accessLogEvents.definitions);
});
