import type { Actor, IndexDeclaration } from '#event-sourcing';

export const accessLogModel = 'accessLog';
export const accessLogSchema = 1;

/** One entry; its id is its place: day and revision, by which it is forgotten. */
export interface AccessDocument {
  readonly at: string;
  readonly actor: Actor;
  /** `null`: not one contact but any. */
  readonly contactId: string | null;
  /** `contact`, `timeline`, `dossier`; `replay`, `export`. */
  readonly what: string;
  readonly stream: string | null;
  readonly types: readonly string[];
  readonly reason: string | null;
  /** Sealed, where it can speak of anybody. */
  readonly sealedReason: string | null;
  readonly times: number;
}

export const accessLogIndexes: readonly IndexDeclaration[] = [
  { key: { at: -1 } },
  { key: { contactId: 1, at: -1 } },
  { key: { 'actor.id': 1, at: -1 } },
];

export const accessEntryId = (day: string, revision: number): string => `${day}/${revision}`;
