import { describe, expect, it } from '@jest/globals';
import { accessLogEvents, accessLogProjections } from '#access-log';
import { userEvents } from '#access/user';
import { attributesEvents } from '#attributes/attributes';
import { channelEvents } from '#channels/channel';
import { contactGroupsEvents, contactGroupsProjections } from '#contact-groups';
import { contactsEvents, contactsProjections } from '#contacts';
import { conversationsEvents, conversationsProjections } from '#conversations';
import { createCatalogue, kernelEvents } from '#event-sourcing';
import { linkingEvents, linkingProjections } from '#linking';
import { searchProjections } from '#search';
import { attemptsEvents } from '../attempts/index.js';
import { auditEvents } from '../audit/index.js';
import { deletionAuditEvents, deletionAuditProjections } from '../index.js';
import { modelPlaces, streamPlaces } from './places.js';

const catalogue = createCatalogue([
  kernelEvents,
  channelEvents,
  userEvents,
  attributesEvents,
  contactsEvents,
  contactGroupsEvents,
  linkingEvents,
  conversationsEvents,
  deletionAuditEvents,
  accessLogEvents,
]);
const projections = [
  ...contactsProjections,
  ...contactGroupsProjections,
  ...conversationsProjections,
  ...deletionAuditProjections,
  ...accessLogProjections,
  ...searchProjections,
  ...linkingProjections,
];

describe('the registry of places', () => {
  it.each([...catalogue.categories])('DEL-2: says what an erasure does with streams of the category %s', (category) => {
    expect(Object.keys(streamPlaces)).toContain(category);
  });

  it.each(projections.map(({ name }) => name))('DEL-2: says what an erasure does with the model %s', (name) => {
    expect(Object.keys(modelPlaces)).toContain(name);
  });

  it('DEL-2: a model with owners is purged, and only such a one', () => {
    const place = { contactId: 'c', subjectId: 'c', subjectIds: ['c'], contactIds: ['c'], growing: { contactId: 'c' } };
    const owned = projections.filter((model) => model.owners('id', place).length > 0);
    const purged = projections.filter(({ name }) => modelPlaces[name]?.by === 'purge');
    expect(purged.map(({ name }) => name)).toStrictEqual(owned.map(({ name }) => name));
  });

  it('DEL-3: only streams that an erasure empties hold what is personal to a contact', () => {
    const kept = Object.entries(streamPlaces).filter(([, { by }]) => by === 'nothing');
    const contexts = [
      channelEvents,
      userEvents,
      attributesEvents,
      kernelEvents,
      conversationsEvents,
      auditEvents,
      attemptsEvents,
    ];
    const subjects = contexts
      .filter(({ categories }) => categories.every((category) => kept.some(([name]) => name === category)))
      .flatMap(({ definitions }) => definitions.flatMap(({ fields }) => Object.values(fields)))
      .flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
    // The note of a deletion has a key of its own.
    expect(subjects).toStrictEqual(['erasureId']);
  });
});
