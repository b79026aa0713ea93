import fc from 'fast-check';
import type { DomainEvent, EventDefinition, Field, FieldKind } from '#event-sourcing';

const instants = fc
  .date({ min: new Date('2020-01-01T00:00:00.000Z'), max: new Date('2040-01-01T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const words = fc.string({ minLength: 1, maxLength: 12 });
/** Few different ones, so that events of one history often speak of the same thing. */
const ids = fc.constantFrom('a', 'b', 'c');

const values: Readonly<Record<FieldKind | 'text', fc.Arbitrary<unknown>>> = {
  id: ids,
  code: fc.oneof(ids, words),
  label: words,
  staff: words,
  hint: words,
  sealed: words,
  hash: ids,
  text: fc.string({ unit: 'grapheme', maxLength: 40 }),
  instant: instants,
  number: fc.oneof(
    fc.nat(1_000),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  ),
  boolean: fc.boolean(),
  json: fc.jsonValue({ maxDepth: 2 }),
};

function valueOf(field: Field): fc.Arbitrary<unknown> {
  return field.list ? fc.array(values[field.kind], { maxLength: 3 }) : values[field.kind];
}

/** Events of this definition with any values that its fields allow. `known` narrows fields, mostly of kind `json`. */
export function arbitraryEvent<E extends DomainEvent>(
  definition: EventDefinition<E>,
  known: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<E> {
  const fields = Object.entries(definition.fields);
  const model = Object.fromEntries(fields.map(([name, field]) => [name, known[name] ?? valueOf(field)]));
  const requiredKeys = fields.filter(([, field]) => !field.optional).map(([name]) => name);
  return fc
    .record(model, { requiredKeys, noNullPrototype: true })
    .map((data) => ({ type: definition.type, data }) as E);
}
