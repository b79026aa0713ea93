import type { EventDefinition } from '#event-sourcing';

type Field = EventDefinition['fields'][string];

/** `docs/events.md`: every event type with its sentence, version and fields, as the catalogue has them. */
export function eventDocs(definitions: Iterable<EventDefinition>): string {
  const sorted = [...definitions].sort((a, b) => (a.type < b.type ? -1 : 1));
  return [
    '# Events',
    '',
    'Generated from the catalogue. Stored names and versions are frozen: a change of shape is a new version with an upcaster.',
    'A personal field is kept in an envelope of its own, under the contact that its subject field names.',
    '',
    ...sorted.flatMap(section),
  ].join('\n');
}

function section({ type, version, sentence, fields }: EventDefinition): string[] {
  return [
    `## ${type}`,
    '',
    `${sentence} Version ${version}.`,
    '',
    '| field | kind | personal |',
    '| --- | --- | --- |',
    ...Object.entries(fields).map(([name, field]) => `| ${name} | ${kindOf(field)} | ${subjectOf(field)} |`),
    '',
  ];
}

const kindOf = ({ kind, list, optional }: Field): string =>
  `${list ? `list of ${kind}` : kind}${optional ? ', optional' : ''}`;
const subjectOf = ({ subject }: Field): string => (subject === undefined ? '' : `of \`${subject}\``);
