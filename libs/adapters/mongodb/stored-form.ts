import type { DocumentState, HeldDocument, Position } from '#event-sourcing';

/**
 * A document as it stands in MongoDB: the model's fields at the top, where analysts look for them, and the engine's
 * own beside them. A tombstone has no `_owners`.
 */
export interface StoredForm {
  readonly _id: string;
  readonly _at: Position;
  readonly _owners?: readonly string[];
  readonly _deleted?: true;
  readonly _before?: { readonly at: Position; readonly owners: readonly string[]; readonly body?: object };
  readonly [field: string]: unknown;
}

export function toStored({ id, at, owners, body, before }: HeldDocument): StoredForm {
  const remembered = before && { _before: beforeToStored(before) };
  if (!body) return { _id: id, _at: at, _deleted: true, ...remembered };
  return { _id: id, _at: at, _owners: owners, ...remembered, ...body };
}

export function fromStored({ _id, _at, _owners, _deleted, _before, ...body }: StoredForm): HeldDocument {
  return {
    id: _id,
    at: _at,
    owners: _owners ?? [],
    body: _deleted ? undefined : body,
    before: _before && { at: _before.at, owners: _before.owners, body: _before.body },
  };
}

function beforeToStored({ at, owners, body }: DocumentState): NonNullable<StoredForm['_before']> {
  return { at, owners, ...(body && { body }) };
}
