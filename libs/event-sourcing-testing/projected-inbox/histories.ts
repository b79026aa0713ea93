import fc from 'fast-check';
import type { InboxEvent } from './inbox.js';

const contact = fc.constantFrom('ann', 'bob', 'cid');
const talk = fc.tuple(contact, fc.constantFrom('1', '2')).map(([of, n]) => ({ contact: of, talk: `${of}.${n}` }));

const event: fc.Arbitrary<InboxEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ contact, name: fc.constantFrom('A', 'B', 'C') })
      .map((data) => ({ type: 'ContactNamed' as const, data })),
  },
  { weight: 4, arbitrary: talk.map((data) => ({ type: 'TalkBegan' as const, data })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(talk, fc.nat(5))
      .map(([of, line]) => ({ type: 'LineSaid' as const, data: { ...of, line: `${of.talk}/${line}` } })),
  },
  { weight: 2, arbitrary: talk.map((data) => ({ type: 'TalkEnded' as const, data })) },
  {
    weight: 1,
    arbitrary: contact.map((erased) => ({ type: 'ContactsErased' as const, data: { contacts: [erased] } })),
  },
);

/**
 * Any order of what can happen, also what cannot: talks that begin twice, lines after the end, events of the erased.
 */
export const histories = fc.array(event, { maxLength: 40 });
