import { describe, expect, it } from '@jest/globals';
import {
  createCatalogue,
  createEventCodec,
  DamagedData,
  defineEvent,
  field,
  NewerWriter,
  personal,
  StreamGone,
} from '#event-sourcing';
import type {
  DomainEvent,
  EventCodec,
  EventMetadata,
  EventToAppend,
  RecordedEvent,
  StoredEvent,
} from '#event-sourcing';
import { createTestKeyRing } from '#event-sourcing-testing';

type LetterSent = DomainEvent<
  'LetterSent',
  {
    readonly from: string;
    readonly to: string;
    readonly text: string;
    readonly signature?: string;
    readonly pages: number;
  }
>;
type ParcelSent = DomainEvent<'ParcelSent', { readonly weight: number }>;

const metadata: EventMetadata = {
  commandId: 'command-1',
  commandHash: 'hash',
  correlationId: 'command-1',
  causationId: 'command-1',
  actor: { id: 'user-1', role: 'agent' },
  at: '2026-03-02T09:00:00.000Z',
  schemaVersion: 1,
};

const letterSent = defineEvent<LetterSent>({
  type: 'LetterSent',
  version: 1,
  sentence: 'A letter left.',
  fields: {
    from: field('id'),
    to: field('id'),
    text: personal('to'),
    signature: personal('from', 'text', { optional: true }),
    pages: field('number'),
  },
});
const keys = createTestKeyRing();
const codec = createEventCodec(createCatalogue([{ categories: ['post'], definitions: [letterSent] }]), keys);
const letter = { from: 'contact-1', to: 'contact-2', text: 'Hello', signature: 'Me', pages: 2 };

function stored(data: unknown, changes: Partial<StoredEvent> = {}): StoredEvent {
  const place = { id: 'event-1', stream: 'post-1', revision: 3, position: 30, created: '2026-03-02T09:00:00.100Z' };
  return { ...place, type: 'LetterSent', data, metadata, ...changes };
}

async function decode(event: StoredEvent, by: EventCodec = codec): Promise<readonly RecordedEvent[]> {
  const decoded = await by.decoder([event]);
  // Reads each field, and so opens the personal ones.
  return decoded(event).map((recorded) => ({ ...recorded, data: { ...recorded.data } }));
}
const encode = (event: Pick<EventToAppend, 'type' | 'data'> & Partial<EventToAppend>) =>
  codec.encode('post-1', [{ id: 'event-1', metadata, ...event }]);
async function dataOf(data: typeof letter): Promise<object> {
  const [encoded] = await encode({ type: 'LetterSent', data });
  return JSON.parse(JSON.stringify(encoded?.data)) as object;
}

describe('event codec', () => {
  it('keeps personal fields apart, sealed by the contact they belong to (DEL-3)', async () => {
    const sealed: unknown = expect.stringMatching(/^[A-Za-z0-9+/=]{40,}$/);
    expect(await dataOf(letter)).toEqual({
      from: 'contact-1',
      to: 'contact-2',
      pages: 2,
      $personal: [
        { v: 1, key: 'contact-2', fields: ['text'], sealed },
        { v: 1, key: 'contact-1', fields: ['signature'], sealed },
      ],
    });
    expect(await decode(stored(await dataOf(letter)))).toEqual([{ ...stored(letter), metadata }]);
  });

  it('opens an envelope at its own place only (DEL-3)', async () => {
    const data = await dataOf(letter);
    for (const change of [{ id: 'event-2' }, { stream: 'post-2' }]) {
      await expect(decode(stored(data, change))).rejects.toThrow(DamagedData);
    }
  });

  it('an erased contact’s fields stay shut, the others open (DEL-3)', async () => {
    const data = await dataOf({ ...letter, from: 'anna' });
    await keys.destroy('anna', '');
    expect(await decode(stored(data))).toEqual([
      { ...stored({ ...letter, from: 'anna', signature: '' }), metadata, hidden: { signature: 'erased' } },
    ]);
  });

  it('nothing more is written about an erased contact (DEL-3)', async () => {
    await keys.destroy('otto', '');
    await expect(dataOf({ ...letter, to: 'otto' })).rejects.toThrow(StreamGone);
  });

  it('a single event stays shut when its key was punctured (DEL-8)', async () => {
    const written = { ...letter, from: 'kim', to: 'kim' };
    const data = await dataOf(written);
    await keys.puncture('kim', ['event-1']);
    expect(await decode(stored(data))).toEqual([
      {
        ...stored({ ...written, text: '', signature: '' }),
        metadata,
        hidden: { text: 'redacted', signature: 'redacted' },
      },
    ]);
  });

  it.each([
    ['an unknown type', { type: 'Unheard', data: letter }],
    ['a missing field', { type: 'LetterSent', data: { ...letter, text: undefined } }],
    ['a field of another kind', { type: 'LetterSent', data: { ...letter, pages: '2' } }],
    ['a field that nobody declared personal or not', { type: 'LetterSent', data: { ...letter, phone: '123' } }],
  ])('refuses to write %s', async (_what, event) => {
    await expect(encode(event)).rejects.toThrow(TypeError);
  });

  it('refuses to write another version than today’s', async () => {
    const event = { type: 'LetterSent', data: letter, metadata: { ...metadata, schemaVersion: 2 } };
    await expect(encode(event)).rejects.toThrow(TypeError);
  });

  const plain = { from: 'contact-1', to: 'contact-2', pages: 2 };
  const envelope = { v: 1, key: 'contact-2', fields: ['text'], sealed: 'c2VhbGVk' };
  it.each([
    ['no object', 'letter'],
    ['a field of another kind', { ...plain, pages: '2', $personal: [envelope] }],
    ['personal fields that are no list', { ...plain, $personal: envelope }],
    ['an envelope without its text', { ...plain, $personal: [{ v: 1, key: 'contact-2', fields: [] }] }],
    ['an envelope in plain text', { ...plain, $personal: [{ v: 0, subject: 'contact-2', fields: { text: 'x' } }] }],
    ['an envelope that does not open', { ...plain, $personal: [envelope] }],
    ['an envelope whose key is not there', { ...plain, $personal: [{ ...envelope, key: 'contact-9' }] }],
    ['an envelope without version', { ...plain, $personal: [{ ...envelope, v: 'zero' }] }],
    ['no personal fields', plain],
  ])('names the place of damaged data: %s (R6)', async (_what, data) => {
    await expect(decode(stored(data))).rejects.toThrow(DamagedData);
    await expect(decode(stored(data))).rejects.toThrow(/post-1@3 \(LetterSent\)/);
  });

  it('opens personal fields only when one is read, and then checks them', async () => {
    const damaged = stored({ ...plain, $personal: [envelope] });
    const [opened] = (await codec.decoder([damaged]))(damaged);
    expect(opened?.data).toHaveProperty('pages', 2);
    expect(() => ({ ...opened?.data })).toThrow(DamagedData);

    const place = { stream: 'post-1', type: 'LetterSent', eventId: 'event-1' };
    const key = (await keys.toSeal(new Set(['contact-2']))).get('contact-2');
    if (typeof key !== 'object') throw new Error('no key');
    for (const fields of [{ text: 5 }, { text: 'Hello', phone: '123' }, {}]) {
      const misfit = { ...envelope, sealed: key.seal(place, JSON.stringify(fields)) };
      await expect(decode(stored({ ...plain, $personal: [misfit] }))).rejects.toThrow(DamagedData);
    }
  });

  it('never repeats a value in an error', async () => {
    const data = { ...plain, pages: 'canary', $personal: [{ ...envelope, fields: ['canary'] }] };
    await expect(decode(stored(data))).rejects.toThrow(/^(?!.*canary)/);
  });

  it('takes metadata that is not ours for damage', async () => {
    await expect(decode(stored(plain, { metadata: {} }))).rejects.toThrow(DamagedData);
  });

  it.each([
    ['an unknown type of its own streams', stored(letter, { type: 'Unheard' }), 1],
    ['a higher version', stored(letter, { metadata: { ...metadata, schemaVersion: 4 } }), 4],
    ['a newer envelope', stored({ ...plain, $personal: [{ v: 2, key: 'k', sealed: '' }] }), 2],
  ])('stops at %s (R9)', async (_what, event, version) => {
    await expect(decode(event)).rejects.toThrow(NewerWriter);
    await expect(decode(event)).rejects.toMatchObject({ stream: 'post-1', version });
  });

  it.each([
    ['foreign streams', stored(letter, { stream: 'shop-1' })],
    ['stream metadata', stored({}, { stream: '$$post-1', type: '$metadata' })],
    ['tombstones', stored({}, { type: '$streamDeleted' })],
  ])('passes over %s', async (_what, event) => {
    expect(await decode(event)).toEqual([]);
  });
});

describe('upcasting', () => {
  const parcelSent = defineEvent<ParcelSent>({
    type: 'ParcelSent',
    version: 3,
    sentence: 'A parcel left.',
    fields: { weight: field('number') },
    upcasters: {
      // Version 1 counted in pounds and told of several parcels at once.
      1: ({ pounds }) =>
        (pounds as number[]).map((pound) => ({ type: 'ParcelSent', version: 2, data: { grams: pound * 500 } })),
      // Version 2 knew empty parcels.
      2: ({ grams }) => (grams === 0 ? [] : [{ type: 'ParcelSent', version: 3, data: { weight: grams } }]),
    },
  });
  const upcasting = createEventCodec(createCatalogue([{ categories: ['post'], definitions: [parcelSent] }]), keys);
  const old = (data: unknown, schemaVersion: number): StoredEvent =>
    stored(data, { type: 'ParcelSent', metadata: { ...metadata, schemaVersion } });

  it('goes through all versions, to none, one or many events with ids of their own', async () => {
    const decoded = await decode(old({ pounds: [2, 0, 3] }, 1), upcasting);
    expect(decoded.map(({ id, revision, data }) => ({ id, revision, data }))).toEqual([
      { id: 'event-1', revision: 3, data: { weight: 1_000 } },
      { id: 'event-1.1', revision: 3, data: { weight: 1_500 } },
    ]);
    expect(await decode(old({ grams: 0 }, 2), upcasting)).toEqual([]);
    expect((await decode(old({ weight: 7 }, 3), upcasting)).map(({ data }) => data)).toEqual([{ weight: 7 }]);
  });

  it('takes what an upcaster cannot read for damage', async () => {
    await expect(decode(old({ pounds: 'two' }, 1), upcasting)).rejects.toThrow(DamagedData);
  });

  it('refuses a catalogue that cannot read all its versions', () => {
    const definition = { ...parcelSent, upcasters: { 1: () => [] } };
    const catalogue = createCatalogue([{ categories: ['post'], definitions: [definition] }]);
    expect(() => createEventCodec(catalogue, keys)).toThrow('ParcelSent has no upcaster for version 2');
  });
});
