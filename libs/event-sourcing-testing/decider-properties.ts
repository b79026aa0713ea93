import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCatalogue, createEventCodec, isRefusal } from '#event-sourcing';
import type { Command, Decider, DomainEvent, EventDefinition, Refusal } from '#event-sourcing';
import { arbitraryEvent } from './event-arbitraries.js';

export interface DeciderUnderTest<C extends Command, E extends DomainEvent, S, R extends Refusal> {
  readonly decider: Decider<C, E, S, R>;
  /** The definitions of all of the decider's events. */
  readonly definitions: readonly EventDefinition[];
  readonly commands: fc.Arbitrary<C>;
  /** By event type and field: values for fields of kind `json`, whose shape the catalogue does not know. */
  readonly fields?: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>>;
}

/** Declares the tests that every decider must pass. */
export function testDeciderProperties<C extends Command, E extends DomainEvent, S, R extends Refusal>(
  subject: DeciderUnderTest<C, E, S, R>,
): void {
  const { decider, definitions, commands, fields = {} } = subject;
  const event = fc.oneof(
    ...definitions.map((definition) => arbitraryEvent(definition as EventDefinition<E>, fields[definition.type])),
  );
  const history = fc.array(event, { maxLength: 12 });

  it('folds any events in any order without throwing', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(() => events.reduce(decider.evolve, decider.initial)).not.toThrow();
      }),
    );
  });

  it('decides nothing more, or refuses, when a command is asked for again', () => {
    fc.assert(
      fc.property(history, commands, (events, command) => {
        const before = events.reduce(decider.evolve, decider.initial);
        const decision = decider.decide(command, before);
        if (isRefusal(decision)) {
          expect(decider.decide(command, before)).toStrictEqual(decision);
          return;
        }
        const again = decider.decide(command, decision.reduce(decider.evolve, before));
        expect(isRefusal(again) ? [] : again).toStrictEqual([]);
      }),
    );
  });

  it('writes events that survive the codec', () => {
    const codec = createEventCodec(createCatalogue([{ categories: ['any'], definitions }]));
    fc.assert(
      fc.property(event, ({ type, data }) => {
        const schemaVersion = definitions.find((definition) => definition.type === type)?.version ?? 0;
        const encoded = codec.encode({ id: 'e', type, data, metadata: { ...header, schemaVersion } });
        const stored: unknown = JSON.parse(JSON.stringify({ data: encoded.data, metadata: encoded.metadata }));
        const place = { id: 'e', stream: 'any-1', revision: 0, position: 1, type, created: header.at };
        const decoded = codec.decode({ ...place, ...(stored as { data: unknown; metadata: unknown }) });
        expect(decoded.map((recorded) => recorded.data)).toEqual([JSON.parse(JSON.stringify(data))]);
      }),
    );
  });
}

const header = {
  commandId: 'c',
  commandHash: 'h',
  correlationId: 'c',
  causationId: 'c',
  actor: { id: 'a', role: 'service' },
  at: '2026-03-02T09:00:00.000Z',
} as const;
