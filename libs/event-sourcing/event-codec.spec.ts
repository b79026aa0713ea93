import { describe, expect, it } from '@jest/globals';
import {
  createCatalogue,
  createEventCodec,
  DamagedData,
  defineEvent,
  field,
  NewerWriter,
  personal,
} from '#event-sourcing';
import type { DomainEvent, EventMetadata, StoredEvent } from '#event-sourcing';

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
const codec = createEventCodec(createCatalogue([{ categories: ['post'], definitions: [letterSent] }]));
const letter = { from: 'contact-1', to: 'contact-2', text: 'Hello', signature: 'Me', pages: 2 };

function stored(data: unknown, changes: Partial<StoredEvent> = {}): StoredEvent {
  const place = { id: 'event-1', stream: 'post-1', revision: 3, position: 30, created: '2026-03-02T09:00:00.100Z' };
  return { ...place, type: 'LetterSent', data, metadata, ...changes };
}

describe('event codec', () => {
  it('keeps personal fields apart, by the contact they belong to (DEL-3)', () => {
    const encoded = codec.encode({ id: 'event-1', type: 'LetterSent', data: letter, metadata });
    expect(encoded).toEqual({
      id: 'event-1',
      type: 'LetterSent',
      data: {
        from: 'contact-1',
        to: 'contact-2',
        pages: 2,
        $personal: [
          { v: 0, subject: 'contact-2', fields: { text: 'Hello' } },
          { v: 0, subject: 'contact-1', fields: { signature: 'Me' } },
        ],
      },
      metadata,
    });
    expect(codec.decode(stored(encoded.data))).toEqual([{ ...stored(letter), metadata }]);
  });

  it.each([
    ['an unknown type', { type: 'Unheard', data: letter }],
    ['a missing field', { type: 'LetterSent', data: { ...letter, text: undefined } }],
    ['a field of another kind', { type: 'LetterSent', data: { ...letter, pages: '2' } }],
    ['a field that nobody declared personal or not', { type: 'LetterSent', data: { ...letter, phone: '123' } }],
  ])('refuses to write %s', (_what, event) => {
    expect(() => codec.encode({ id: 'event-1', metadata, ...event })).toThrow(TypeError);
  });

  it('refuses to write another version than today’s', () => {
    const event = { id: 'event-1', type: 'LetterSent', data: letter, metadata: { ...metadata, schemaVersion: 2 } };
    expect(() => codec.encode(event)).toThrow(TypeError);
  });

  const plain = { from: 'contact-1', to: 'contact-2', pages: 2 };
  const envelope = { v: 0, subject: 'contact-2', fields: { text: 'Hello' } };
  it.each([
    ['no object', 'letter'],
    ['a field of another kind', { ...plain, pages: '2', $personal: [envelope] }],
    ['personal fields that are no list', { ...plain, $personal: envelope }],
    ['an envelope without fields', { ...plain, $personal: [{ v: 0, subject: 'contact-2' }] }],
    ['an envelope without version', { ...plain, $personal: [{ ...envelope, v: 'zero' }] }],
    ['no personal fields', plain],
  ])('names the place of damaged data: %s (R6)', (_what, data) => {
    expect(() => codec.decode(stored(data))).toThrow(DamagedData);
    expect(() => codec.decode(stored(data))).toThrow(/post-1@3 \(LetterSent\)/);
  });

  it('never repeats a value in an error', () => {
    const data = { ...plain, pages: 'canary', $personal: [{ ...envelope, fields: { text: ['canary'] } }] };
    expect(() => codec.decode(stored(data))).toThrow(/^(?!.*canary)/);
  });

  it('takes metadata that is not ours for damage', () => {
    expect(() => codec.decode(stored(plain, { metadata: {} }))).toThrow(DamagedData);
  });

  it.each([
    ['an unknown type of its own streams', stored(letter, { type: 'Unheard' }), 1],
    ['a higher version', stored(letter, { metadata: { ...metadata, schemaVersion: 4 } }), 4],
    ['a newer envelope', stored({ ...plain, $personal: [{ v: 1, key: 'k', sealed: '' }] }), 1],
  ])('stops at %s (R9)', (_what, event, version) => {
    expect(() => codec.decode(event)).toThrow(NewerWriter);
    expect(() => codec.decode(event)).toThrow(expect.objectContaining({ stream: 'post-1', version }));
  });

  it.each([
    ['foreign streams', stored(letter, { stream: 'shop-1' })],
    ['stream metadata', stored({}, { stream: '$$post-1', type: '$metadata' })],
    ['tombstones', stored({}, { type: '$streamDeleted' })],
  ])('passes over %s', (_what, event) => {
    expect(codec.decode(event)).toEqual([]);
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
  const upcasting = createEventCodec(createCatalogue([{ categories: ['post'], definitions: [parcelSent] }]));
  const old = (data: unknown, schemaVersion: number): StoredEvent =>
    stored(data, { type: 'ParcelSent', metadata: { ...metadata, schemaVersion } });

  it('goes through all versions, to none, one or many events with ids of their own', () => {
    const decoded = upcasting.decode(old({ pounds: [2, 0, 3] }, 1));
    expect(decoded.map(({ id, revision, data }) => ({ id, revision, data }))).toEqual([
      { id: 'event-1', revision: 3, data: { weight: 1_000 } },
      { id: 'event-1.1', revision: 3, data: { weight: 1_500 } },
    ]);
    expect(upcasting.decode(old({ grams: 0 }, 2))).toEqual([]);
    expect(upcasting.decode(old({ weight: 7 }, 3)).map(({ data }) => data)).toEqual([{ weight: 7 }]);
  });

  it('takes what an upcaster cannot read for damage', () => {
    expect(() => upcasting.decode(old({ pounds: 'two' }, 1))).toThrow(DamagedData);
  });

  it('refuses a catalogue that cannot read all its versions', () => {
    const definition = { ...parcelSent, upcasters: { 1: () => [] } };
    const catalogue = createCatalogue([{ categories: ['post'], definitions: [definition] }]);
    expect(() => createEventCodec(catalogue)).toThrow('ParcelSent has no upcaster for version 2');
  });
});
