import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCatalogue, createEventCodec, isRefusal } from '#event-sourcing';
import type {
  Command,
  Decider,
  DomainEvent,
  EncodedEvent,
  EventDefinition,
  EventToAppend,
  Refusal,
  StoredEvent,
} from '#event-sourcing';
import { arbitraryEvent } from './event-arbitraries.js';
import { createTestKeyRing } from './in-memory-key-store.js';

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

  it('folds events whose personal fields nobody can read any more without throwing', async () => {
    const keys = createTestKeyRing();
    const erasing = createEventCodec(createCatalogue([{ categories: ['any'], definitions }]), keys);
    for (const subject of ['a', 'b', 'c']) await keys.toSeal(new Set([subject]));
    const written = fc.array(event, { maxLength: 12 });
    const histories = await Promise.all(
      fc.sample(written, 50).map(async (events) => (await erasing.encode('any-1', toAppend(events))).map(stored)),
    );
    for (const subject of ['a', 'b', 'c']) await keys.destroy(subject, '');
    const decode = await erasing.decoder(histories.flat());
    for (const history of histories) {
      const hidden = history.flatMap(decode);
      const fold = () =>
        hidden.reduce((state, event) => decider.evolve(state, event as DomainEvent as E), decider.initial);
      expect(fold).not.toThrow();
    }
  });

  it('writes events that survive the codec', async () => {
    const codec = createEventCodec(createCatalogue([{ categories: ['any'], definitions }]), createTestKeyRing());
    await fc.assert(
      fc.asyncProperty(event, async ({ type, data }) => {
        const [encoded] = await codec.encode('any-1', toAppend([{ type, data } as E]));
        if (!encoded) throw new Error('nothing was encoded');
        const decode = await codec.decoder([stored(encoded)]);
        expect(decode(stored(encoded)).map((recorded) => recorded.data)).toEqual([JSON.parse(JSON.stringify(data))]);
      }),
    );
  });

  function toAppend(events: readonly E[]): EventToAppend[] {
    return events.map(({ type, data }, index) => {
      const schemaVersion = definitions.find((definition) => definition.type === type)?.version ?? 0;
      return { id: `e${index}`, type, data, metadata: { ...header, schemaVersion } };
    });
  }
}

/** As it comes back from a store. */
function stored({ id, type, data, metadata }: EncodedEvent): StoredEvent {
  const place = { id, stream: 'any-1', revision: 0, position: 1, type, created: header.at };
  return { ...place, ...(JSON.parse(JSON.stringify({ data, metadata })) as { data: unknown; metadata: unknown }) };
}

const header = {
  commandId: 'c',
  commandHash: 'h',
  correlationId: 'c',
  causationId: 'c',
  actor: { id: 'a', role: 'service' },
  at: '2026-03-02T09:00:00.000Z',
} as const;
