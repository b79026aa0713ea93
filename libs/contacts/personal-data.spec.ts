import { describe, expect, it } from '@jest/globals';
import { userEvents } from '#access/user';
import { attributesEvents } from '#attributes/attributes';
import { channelEvents } from '#channels/channel';
import { contactsEvents } from './index.js';

const definitions = [
  ...channelEvents.definitions,
  ...userEvents.definitions,
  ...attributesEvents.definitions,
  ...contactsEvents.definitions,
];
const fields = definitions.flatMap(({ type, fields: ofType }) =>
  Object.entries(ofType).map(([name, field]) => ({ name: `${type}.${name}`, ...field })),
);

describe('the events of channels, users, attributes and contacts', () => {
  it('DEL-3: mark all that people wrote or that tells who they are, with the contact as its subject', () => {
    expect(
      fields.filter(({ subject }) => subject !== undefined).map(({ name, subject }) => [name, subject]),
    ).toStrictEqual([
      ['IdentityAttached.externalUserId', 'contactId'],
      ['ProfileNameChanged.profileName', 'contactId'],
      ['ContactRenamed.name', 'contactId'],
      ['AttributeSet.value', 'contactId'],
      ['ContactNoteAdded.text', 'contactId'],
      ['ContactNoteEdited.text', 'contactId'],
      ['ContactBlocked.reason', 'contactId'],
      ['ContactDeletionRequested.hint', 'contactId'],
      ['ContactDeletionRequested.note', 'contactId'],
      ['IdentityClaimed.externalUserId', 'contactId'],
    ]);
  });

  it('DEL-3: hold free text and free JSON nowhere else', () => {
    const free = fields.filter(({ kind, subject }) => (kind === 'text' || kind === 'json') && subject === undefined);
    // Aliases and contact ids.
    expect(free.map(({ name }) => name)).toStrictEqual(['ContactHandedOver.winners', 'ContactsMerged.values']);
  });
});
