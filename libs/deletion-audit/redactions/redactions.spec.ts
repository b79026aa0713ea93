import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { Redact, RedactionTarget } from './commands.js';
import { redactionDecider } from './decide.js';
import { redactionEvents } from './events.js';
import type { RedactionEvent } from './events.js';

const { given } = scenariosOf(redactionDecider);
const message: RedactionTarget = { kind: 'message', conversationId: 'c.1', messageId: 'm' };

const redact = (target: RedactionTarget, eventIds: readonly string[] = ['e1', 'e2']): Redact => ({
  type: 'Redact',
  ...commandHeader({ actor: { id: 'adam', role: 'admin' }, at: '2026-03-02T10:00:00.000Z' }),
  redactionId: 'r',
  contactId: 'c',
  subjectId: 's',
  eventIds,
  position: 7,
  target,
});
const facts = { redactionId: 'r', contactId: 'c', subjectId: 's', eventIds: ['e1', 'e2'] };

describe('a redaction', () => {
  it.each<[RedactionTarget, RedactionEvent]>([
    [message, { type: 'MessageRedacted', data: { ...facts, conversationId: 'c.1', messageId: 'm', position: 7 } }],
    [
      { kind: 'internal-note', conversationId: 'c.1', noteId: 'n' },
      { type: 'InternalNoteRedacted', data: { ...facts, conversationId: 'c.1', noteId: 'n' } },
    ],
    [
      { kind: 'contact-note', contactId: 'c', noteId: 'n' },
      { type: 'ContactNoteRedacted', data: { ...facts, noteId: 'n' } },
    ],
    [
      { kind: 'value', contactId: 'c', alias: 'card' },
      { type: 'AttributeValuesRedacted', data: { ...facts, alias: 'card' } },
    ],
    [
      { kind: 'value', contactId: 'c', alias: 'phone', medium: 'whatsapp' },
      { type: 'AttributeValuesRedacted', data: { ...facts, alias: 'phone', medium: 'whatsapp' } },
    ],
  ])('DEL-8: of %j names the events that are unreadable from now on', (target, event) => {
    given([]).when(redact(target)).then([event]);
  });

  it('DEL-8: what is unreadable already is not redacted again; what has come since is', () => {
    const before: RedactionEvent = {
      type: 'MessageRedacted',
      data: { ...facts, conversationId: 'c.1', messageId: 'm', position: 7 },
    };
    given([before]).when(redact(message)).then([]);
    given([before])
      .when(redact(message, ['e1', 'e3']))
      .then([{ type: 'MessageRedacted', data: { ...before.data, eventIds: ['e3'] } }]);
  });
});

describe('always', () => {
  testDeciderProperties({
    decider: redactionDecider,
    definitions: redactionEvents.definitions,
    commands: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')).map((ids) => redact(message, ids)),
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, redactionEvents.definitions);
  it('are four', () => {
    expect(redactionEvents.definitions).toHaveLength(4);
  });
});
