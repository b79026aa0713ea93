import { UniqueViolation } from '#event-sourcing';
import type {
  Clock,
  Documents,
  DocumentState,
  GuardedWrite,
  HeldDocument,
  IndexDeclaration,
  Lease,
} from '#event-sourcing';

interface Collection {
  readonly documents: Map<string, HeldDocument>;
  indexes: readonly IndexDeclaration[];
}

/** The port in memory, with a look inside for tests. */
export interface InMemoryDocuments extends Documents {
  /** What queries would see: documents without tombstones, by id, as JSON text (so that the order of fields counts). */
  contents(model: string): Readonly<Record<string, string>>;
  /** All that is held, tombstones too. */
  held(model: string): readonly HeldDocument[];
}

/**
 * The port in memory, by the rules of the real one: what is written is a copy, guards compare what is held, unique
 * indexes hold over live documents.
 */
export function createInMemoryDocuments(options: { clock: Clock }): InMemoryDocuments {
  const collections = new Map<string, Collection>();
  const progress = new Map<string, { json: string; epoch: number }>();
  const leases = new Map<string, { holder: string; epoch: number; expires: number }>();
  const now = (): number => Date.parse(options.clock.now());

  function collection(model: string): Collection {
    const known = collections.get(model) ?? { documents: new Map<string, HeldDocument>(), indexes: [] };
    collections.set(model, known);
    return known;
  }

  function writeOne(model: string, { loaded, next }: GuardedWrite): boolean {
    const { documents, indexes } = collection(model);
    const held = documents.get(next.id);
    if (held?.at !== loaded?.at || held?.before?.at !== loaded?.before?.at) return false;
    for (const index of indexes.filter(({ unique }) => unique)) {
      const value = indexed(next, index);
      const others = [...documents.values()].filter(({ id, body }) => id !== next.id && body);
      if (next.body && others.some((other) => indexed(other, index) === value)) {
        throw new UniqueViolation(model, Object.keys(index.key).join('_'));
      }
    }
    documents.set(next.id, copy(next));
    return true;
  }

  function holds(lease: Lease): boolean {
    const held = leases.get(lease.name);
    return held?.epoch === lease.epoch && held.holder === lease.holder;
  }

  const documents: Documents = {
    load: async (model, ids) => {
      const held = collection(model).documents;
      return Promise.resolve(ids.flatMap((id) => copies(held.get(id))));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- throws must become rejections
    write: async (model, writes) => writes.filter((write) => !writeOne(model, write)).map(({ next }) => next.id),
    purge: async (model, owners, at) => {
      const { documents: held } = collection(model);
      const erased = (state: DocumentState | undefined) =>
        state?.owners.some((owner) => owners.includes(owner)) ?? false;
      for (const document of [...held.values()]) {
        const { id, before } = document;
        if (erased(document)) held.set(id, { id, at, owners: [], body: undefined, before: undefined });
        else if (erased(before)) held.set(id, { ...document, before: undefined });
      }
      return Promise.resolve();
    },
    sweep: async (model, upTo) => {
      const { documents: held } = collection(model);
      for (const { id, at, body } of [...held.values()]) if (!body && at <= upTo) held.delete(id);
      return Promise.resolve();
    },
    ensureModel: async (model, indexes) => {
      collection(model).indexes = indexes;
      return Promise.resolve();
    },
    renameModel: async (from, to) => {
      const source = collections.get(from);
      if (source) collections.set(to, source);
      collections.delete(from);
      return Promise.resolve();
    },
    dropModel: async (model) => {
      collections.delete(model);
      return Promise.resolve();
    },
    models: () => Promise.resolve([...collections.keys()].sort()),

    progress: (name) => {
      const saved = progress.get(name);
      return Promise.resolve(saved && (JSON.parse(saved.json) as object));
    },
    progressNames: (prefix) => Promise.resolve([...progress.keys()].filter((name) => name.startsWith(prefix)).sort()),
    saveProgress: (name, value, epoch) => {
      const allowed = (progress.get(name)?.epoch ?? 0) <= epoch;
      if (allowed) progress.set(name, { json: JSON.stringify(value), epoch });
      return Promise.resolve(allowed);
    },
    removeProgress: (name, epoch) => {
      const allowed = (progress.get(name)?.epoch ?? 0) <= epoch;
      if (allowed) progress.delete(name);
      return Promise.resolve(allowed);
    },

    acquireLease: (name, holder, milliseconds) => {
      const held = leases.get(name);
      if (held && held.holder !== holder && held.expires > now()) return Promise.resolve(undefined);
      const epoch = (held?.epoch ?? 0) + 1;
      leases.set(name, { holder, epoch, expires: now() + milliseconds });
      return Promise.resolve({ name, holder, epoch });
    },
    renewLease: (lease, milliseconds) => {
      const mine = holds(lease);
      if (mine) leases.set(lease.name, { ...lease, expires: now() + milliseconds });
      return Promise.resolve(mine);
    },
    releaseLease: (lease) => {
      // The epoch stays: the next holder's must be higher.
      if (holds(lease)) leases.set(lease.name, { ...lease, expires: 0, holder: '' });
      return Promise.resolve();
    },
  };

  return {
    ...documents,
    contents: (model) =>
      Object.fromEntries(
        documentsOf(model)
          .filter(({ body }) => body)
          .map(({ id, at, owners, body }) => [id, JSON.stringify({ at, owners, ...body })]),
      ),
    held: (model) => documentsOf(model),
  };

  function documentsOf(model: string): readonly HeldDocument[] {
    const held = [...(collections.get(model)?.documents.values() ?? [])];
    return held.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

// Not structuredClone: under jest it makes objects of another realm, which no longer count as plain ones.
function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy<unknown>(inner)])) as T;
}
const copies = (held: HeldDocument | undefined): readonly HeldDocument[] => (held ? [copy(held)] : []);

function indexed({ body }: HeldDocument, { key }: IndexDeclaration): string {
  const values = Object.keys(key).map((path) =>
    path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body),
  );
  return JSON.stringify(values.map((value) => value ?? null));
}
