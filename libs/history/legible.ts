import type { RecordedEvent } from '#event-sourcing';

/** What an event says, with a word where nobody can read any more what it said: `[erased]`, `[redacted]`. */
export function legible({ data, hidden }: RecordedEvent): Readonly<Record<string, unknown>> {
  if (!hidden) return { ...data };
  return { ...data, ...Object.fromEntries(Object.entries(hidden).map(([name, because]) => [name, `[${because}]`])) };
}
