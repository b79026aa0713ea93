import type { EventStore, Signer } from '#event-sourcing';
import { checkChain } from './chain.js';
import type { Sha256 } from './digest.js';
import { deletedContactsStream } from './events.js';
import type { AuditEvent } from './events.js';
import { continues, sealHead } from './head.js';
import type { AuditHead } from './head.js';
import type { Signed } from './signed.js';

/** Whether the audit is what was written, recomputed from the stream itself. `entries` counts deletions. */
export interface AuditVerification {
  readonly ok: boolean;
  readonly entries: number;
  /** Hash of the newest event that is still linked to the first. */
  readonly head: string;
  /** Place in the stream of the first event that is not what was written; only when not `ok`. */
  readonly brokenAt?: number;
  /** Whether everything is there that was when the given head was sealed; only when one was given. */
  readonly continuesHead?: boolean;
}

export async function verifyDeletedContacts(
  store: EventStore,
  sha256: Sha256,
  sealed?: Pick<AuditHead, 'events' | 'head'>,
): Promise<AuditVerification> {
  const events = await readAudit(store);
  const check = checkChain(events, sha256);
  return {
    ok: check.ok,
    entries: check.deletions,
    head: check.head,
    ...(!check.ok && { brokenAt: check.brokenAt }),
    ...(sealed && { continuesHead: continues(events, sealed) }),
  };
}

/** The head of the chain, signed; `undefined`: the chain does not hold, and nobody signs that. */
export async function sealedHead(
  store: EventStore,
  sha256: Sha256,
  at: string,
  signer: Signer,
): Promise<Signed<AuditHead> | undefined> {
  const events = await readAudit(store);
  const check = checkChain(events, sha256);
  return check.ok ? sealHead(events, check, at, signer) : undefined;
}

/** Every event of the audit, in order. */
export async function readAudit(store: EventStore): Promise<readonly AuditEvent[]> {
  const events: AuditEvent[] = [];
  for await (const { type, data } of store.readStream(deletedContactsStream)) {
    // The codec has checked the data against the catalogue; the stream holds these types only.
    events.push({ type, data } as AuditEvent);
  }
  return events;
}
