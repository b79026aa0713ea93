import canonicalize from 'canonicalize';
import type { Sha256 } from './digest.js';
import type { AuditEvent } from './events.js';

/** What stands before the first entry. */
export const chainStart = '0'.repeat(64);

/** The entry's link. The hash covers everything but itself and the note, for which `noteHash` stands (DEL-4). */
export function hashOf({ type, data }: AuditEvent | Unhashed, sha256: Sha256): string {
  const covered = Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'hash' && name !== 'note'));
  return sha256(canonicalize({ type, data: covered }) ?? '');
}

/** An audit event before its hash is known. */
export type Unhashed = AuditEvent extends infer E
  ? E extends AuditEvent
    ? { readonly type: E['type']; readonly data: Omit<E['data'], 'hash'> }
    : never
  : never;

/** What a check of the whole chain found. `brokenAt`: index of the first entry that is not what was written there. */
export type ChainCheck =
  | { readonly ok: true; readonly deletions: number; readonly head: string }
  | { readonly ok: false; readonly deletions: number; readonly head: string; readonly brokenAt: number };

/** Recomputes the chain from its first entry. Cutting off the end can only be seen by who knows an older head. */
export function checkChain(entries: readonly AuditEvent[], sha256: Sha256): ChainCheck {
  const deletions = entries.filter(({ type }) => type === 'ContactDeleted').length;
  let head = chainStart;
  for (const [index, entry] of entries.entries()) {
    const { previousHash, hash } = entry.data;
    if (previousHash !== head || hash !== hashOf(entry, sha256)) return { ok: false, deletions, head, brokenAt: index };
    head = hash;
  }
  return { ok: true, deletions, head };
}
