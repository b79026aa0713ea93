import type { RecordedEvent } from '../event.js';
import type { DocumentState, GuardedWrite, HeldDocument } from '../ports/documents.js';
import { removed } from '../projection.js';
import type { Outcome, ProjectedDocument } from '../projection.js';
import { storable } from './document-shape.js';
import type { ErasedContacts } from './erased-contacts.js';

/** The documents of one collection as a batch goes over them: what was loaded, under what its events did so far. */
export interface Overlay {
  body(id: string): ProjectedDocument | undefined;
  /** Folds one event into one document. An event that the document has seen already changes nothing. */
  fold(id: string, event: RecordedEvent, step: Step): void;
  /** What must be written so that the database holds the overlay. */
  writes(): readonly GuardedWrite[];
}

export interface Step {
  readonly project: (document: ProjectedDocument | undefined) => Outcome;
  readonly owners: (document: ProjectedDocument) => readonly string[];
}

/** How a collection takes up what a batch that was interrupted left behind. */
export interface Leftovers {
  /** The state that the batch begins with. */
  base(loaded: HeldDocument): DocumentState | undefined;
  /** What to store, given what is there; `undefined`: it is there. */
  next(
    id: string,
    loaded: HeldDocument | undefined,
    base: DocumentState | undefined,
    state: DocumentState,
  ): HeldDocument | undefined;
}

interface Entry {
  readonly loaded: HeldDocument | undefined;
  readonly base: DocumentState | undefined;
  state: DocumentState | undefined;
}

const absent: Entry = { loaded: undefined, base: undefined, state: undefined };

export function createOverlay(loaded: readonly HeldDocument[], leftovers: Leftovers, erased: ErasedContacts): Overlay {
  const entries = new Map<string, Entry>();
  for (const document of loaded) {
    const base = leftovers.base(document);
    entries.set(document.id, { loaded: document, base, state: base });
  }

  return {
    body: (id) => entries.get(id)?.state?.body,

    fold(id, event, { project, owners }) {
      const entry = entries.get(id) ?? absent;
      if (entry.base && event.position <= entry.base.at) return;
      const before = entry.state?.body;
      const outcome = project(before);
      if (outcome === before || outcome === undefined) return;
      const body = outcome === removed ? undefined : storable(outcome);
      const owned = body ? owners(body) : [];
      const refused = body === undefined || erased.any(owned, event.position);
      if (refused && before === undefined) return;
      const state = { at: event.position, owners: refused ? [] : owned, body: refused ? undefined : body };
      if (entry === absent) entries.set(id, { ...absent, state });
      else entry.state = state;
    },

    writes() {
      const writes: GuardedWrite[] = [];
      for (const [id, { loaded, base, state }] of entries) {
        if (state === undefined || state === base) continue;
        const next = leftovers.next(id, loaded, base, state);
        if (next) writes.push({ loaded, next });
      }
      return writes;
    },
  };
}
