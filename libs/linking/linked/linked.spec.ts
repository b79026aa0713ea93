import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchKeysOf } from '#attributes/attributes';
import { readInMemory } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import { createTestIds, projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { linkPairsProjection } from '../link-pairs/index.js';
import { linkValuesProjection } from '../link-values/index.js';
import type { LinkEvent } from '../link/index.js';
import { linksProjection } from '../links/index.js';
import type { MatchEvent } from '../links/index.js';
import { linksOf } from './index.js';
import type { LinkSettings } from './index.js';

const ids = createTestIds();
type Event = MatchEvent | LinkEvent;

const created = (contactId: string): Event => ({ type: 'ContactCreated', data: { contactId, createdBy: 'ann' } });
const set = (contactId: string, value: string | readonly string[], alias = 'phone'): Event => {
  const matchKeys = matchKeysOf(ids, { alias, format: alias === 'phone' ? 'phone' : 'text' }, value);
  const data = { contactId, alias, value, source: 'agent' } as const;
  return { type: 'AttributeSet', data: matchKeys.length === 0 ? data : { ...data, matchKeys } };
};
const cleared = (contactId: string): Event => ({
  type: 'AttributeCleared',
  data: { contactId, alias: 'phone', source: 'agent' },
});
const link = (contactId: string, otherId: string): Event => ({ type: 'ContactsLinked', data: { contactId, otherId } });
const dissolve = (contactId: string, otherId: string): Event => ({
  type: 'LinkDissolved',
  data: { contactId, otherId },
});

function models(events: readonly Event[]): ReadModels {
  const recorded = recordEvents(events);
  const stored = new Map(
    [linksProjection, linkPairsProjection, linkValuesProjection].map((projection) => [
      projection.name,
      [...projectedDocuments(projection, recorded)].map(([_id, document]) => ({ ...document, _id, _at: 1 })),
    ]),
  );
  const positions = { position: () => Promise.resolve(1), waitFor: () => Promise.resolve(1) };
  return readInMemory((model) => stored.get(model) ?? [], positions);
}

const settings: LinkSettings = { matchingAttribute: 'phone', placeholders: ['unknown'] };
const linksIn = async (events: readonly Event[], contactId: string, given = settings) =>
  linksOf({ models: models(events), ids }, given, contactId);
const idsIn = async (events: readonly Event[], contactId: string, given = settings) =>
  (await linksIn(events, contactId, given)).linked.map((one) => one.contactId).toSorted();

const [one, two, three] = ['+31612345678', '+4930901820', '+33123456789'];
const people = ['ada', 'bob', 'cid', 'dee'].map(created);

describe('contacts linked by values', () => {
  it('LNK-2: are those with an equal value, transitively, any value of a repeatable one', async () => {
    const events = [...people, set('ada', one), set('bob', [one, two]), set('cid', two), set('dee', three)];
    expect(await idsIn(events, 'ada')).toStrictEqual(['bob', 'cid']);
    expect(await idsIn(events, 'cid')).toStrictEqual(['ada', 'bob']);
    expect(await idsIn(events, 'dee')).toStrictEqual([]);
  });

  it('LNK-2: are none without a matching attribute, and none by another one', async () => {
    const events = [...people, set('ada', 'x', 'city'), set('bob', 'X ', 'city')];
    expect(await idsIn(events, 'ada', { ...settings, matchingAttribute: null })).toStrictEqual([]);
    expect(await idsIn(events, 'ada')).toStrictEqual([]);
    expect(await idsIn(events, 'ada', { ...settings, matchingAttribute: 'city' })).toStrictEqual(['bob']);
  });

  it('LNK-3: change all at once when another attribute is chosen: the index holds every one', async () => {
    const events = [
      ...people,
      set('ada', one),
      set('bob', one),
      set('ada', 'Delft', 'city'),
      set('cid', 'delft', 'city'),
    ];
    expect(await idsIn(events, 'ada')).toStrictEqual(['bob']);
    expect(await idsIn(events, 'ada', { ...settings, matchingAttribute: 'city' })).toStrictEqual(['cid']);
  });

  it('LNK-2: follow the value', async () => {
    const events = [...people, set('ada', one), set('bob', one)];
    expect(await idsIn([...events, cleared('bob')], 'ada')).toStrictEqual([]);
    expect(await idsIn([...events, set('bob', two)], 'ada')).toStrictEqual([]);
  });

  it('LNK-6: empty, masked and placeholder values link nobody', async () => {
    for (const value of ['-', '***', 'j***@x.com', 'xxxx', 'Unknown ', '•••']) {
      const events = [...people, set('ada', value, 'city'), set('bob', value, 'city')];
      expect(await idsIn(events, 'ada', { ...settings, matchingAttribute: 'city' })).toStrictEqual([]);
    }
  });

  it('LNK-2: a number without its country links nobody', async () => {
    expect(await idsIn([...people, set('ada', '0612345678'), set('bob', '0612345678')], 'ada')).toStrictEqual([]);
  });

  it('LNK-6: a value of more than fifty contacts is suspended', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `contact-${index}`);
    const fifty = many.slice(0, 50).flatMap((id) => [created(id), set(id, one)]);
    expect((await linksIn(fifty, 'contact-0')).linked).toHaveLength(49);
    const more = [...fifty, created('contact-50'), set('contact-50', one)];
    expect(await linksIn(more, 'contact-0')).toStrictEqual({ linked: [], suspended: true });
    expect((await linksIn([...more, cleared('contact-9')], 'contact-0')).linked).toHaveLength(49);
  });
});

describe('what was said by hand', () => {
  it('LNK-4: a dissolved pair stays apart, whatever changes', async () => {
    const events = [...people, set('ada', one), set('bob', one), set('cid', one), dissolve('bob', 'ada')];
    expect(await idsIn(events, 'ada')).toStrictEqual(['cid']);
    expect(await idsIn([...events, set('ada', two), set('bob', two)], 'ada')).toStrictEqual([]);
    expect(await idsIn(events, 'cid')).toStrictEqual(['ada', 'bob']);
  });

  it('LNK-4: a dissolved pair does not lead on to who is linked with the other only', async () => {
    const events = [...people, set('ada', one), set('bob', [one, two]), set('cid', two)];
    expect(await idsIn([...events, dissolve('ada', 'bob')], 'ada')).toStrictEqual([]);
  });

  it('LNK-4: a link by hand is not transitive', async () => {
    const events = [...people, set('bob', one), set('cid', one), link('ada', 'bob')];
    expect(await linksIn(events, 'ada')).toStrictEqual({
      linked: [{ contactId: 'bob', by: 'hand' }],
      suspended: false,
    });
    expect(await idsIn(events, 'cid')).toStrictEqual(['bob']);
    expect(await idsIn([...events, dissolve('ada', 'bob')], 'ada')).toStrictEqual([]);
  });
});

describe('links', () => {
  it('LNK-2: equal the transitive closure of a naive model', async () => {
    const contact = fc.constantFrom('ada', 'bob', 'cid', 'dee', 'eve');
    const value = fc.subarray([one, two, three], { minLength: 1 });
    const change = fc.oneof(
      fc.tuple(contact, value).map(([id, values]) => ({ id, values })),
      contact.map((id) => ({ id, values: [] as string[] })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 15 }), contact, async (changes, asked) => {
        const everybody = ['ada', 'bob', 'cid', 'dee', 'eve'];
        const events = changes.map(({ id, values }) => (values.length === 0 ? cleared(id) : set(id, values)));
        const held = new Map<string, readonly string[]>();
        for (const { id, values } of changes) held.set(id, values);
        const share = (a: string, b: string): boolean =>
          (held.get(a) ?? []).some((number) => (held.get(b) ?? []).includes(number));
        const closure = new Set<string>([asked]);
        for (let size = 0; size < closure.size;) {
          size = closure.size;
          for (const id of everybody) if ([...closure].some((known) => share(known, id))) closure.add(id);
        }
        closure.delete(asked);
        expect(await idsIn([...everybody.map(created), ...events], asked)).toStrictEqual([...closure].toSorted());
      }),
    );
  });

  it('DEL-2: hashes go with the last contact that has the value', () => {
    const data = { contactId: 'ada', erasureId: 'e', hint: 'A••••', reason: 'requested', adminName: 'Grace' };
    const deletion: Event = { type: 'ContactDeletionRequested', data };
    const events = recordEvents([...people, set('ada', one), deletion]);
    expect(projectedDocuments(linkValuesProjection, events)).toStrictEqual(new Map());
    // Of who was merged in no deletion is requested.
    const merge: readonly Event[] = [
      { type: 'ContactHandedOver', data: { contactId: 'bob', mergeId: 'bob.1', primaryId: 'ada', winners: [] } },
      {
        type: 'ContactsMerged',
        data: {
          contactId: 'ada',
          mergeId: 'bob.1',
          secondaryId: 'bob',
          contactIds: ['bob'],
          values: [{ alias: 'phone', contactId: 'bob' }],
          bringsVip: false,
        },
      },
    ];
    const known = [...people, set('ada', one), set('bob', [one, two]), set('cid', two), ...merge];
    expect([...projectedDocuments(linkValuesProjection, recordEvents(known)).values()]).toStrictEqual([
      { contacts: 1 },
      { contacts: 2 },
    ]);
    const merged = recordEvents([...known, { ...deletion, data: { ...data, mergedIds: ['bob'] } }]);
    expect([...projectedDocuments(linkValuesProjection, merged).values()]).toStrictEqual([{ contacts: 1 }]);
    expect([...projectedDocuments(linksProjection, events).keys()]).toStrictEqual(['bob', 'cid', 'dee']);
    expect(linksProjection.owners('ada', { contactIds: ['ada', 'eve'] })).toStrictEqual(['ada', 'eve']);
    expect(linksProjection.sideOwners('ada', {})).toStrictEqual(['ada']);
    const pair = projectedDocuments(linkPairsProjection, recordEvents([link('bob', 'ada')]));
    expect([...pair]).toStrictEqual([['ada.bob', { contactIds: ['ada', 'bob'], said: 'linked' }]]);
    expect(linkPairsProjection.owners('ada.bob', pair.get('ada.bob') ?? {})).toStrictEqual(['ada', 'bob']);
    expect(linkValuesProjection.sideOwners('ada', {})).toStrictEqual(['ada']);
  });
});
