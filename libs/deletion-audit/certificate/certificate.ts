import type { Signer, VerifySignature } from '#event-sourcing';
import { hashOf, isIntact, signed } from '../audit/index.js';
import type {
  AuditEvent,
  ContactDeleted,
  ContactMadeUnreadable,
  DeletionCounts,
  ErasureCompleted,
  Sha256,
  Signed,
} from '../audit/index.js';

/** What was destroyed, by whose order, and when: for whoever asked for it. Nothing personal but the hint. */
export interface ErasureFacts {
  readonly erasureId: string;
  readonly contactIds: readonly string[];
  readonly hint: string;
  readonly platforms: readonly string[];
  readonly destroyed: DeletionCounts;
  readonly reason: string;
  readonly requestedAt: string;
  readonly requestedBy: { readonly userId: string; readonly name: string };
  /** From here on nobody could read anything: keys destroyed, streams closed for good, read models empty of it. */
  readonly unreadableAt: string;
  /** From here on no byte was left in the stores' files, as every node reported; `null`: not yet. */
  readonly removedAt: string | null;
}

/** The facts, with the events of the audit that say so: their hashes can be computed again, and found in the chain. */
export interface ErasureCertificate {
  readonly kind: 'inbox-ledger/erasure-certificate';
  readonly version: 1;
  readonly issuedAt: string;
  readonly facts: ErasureFacts;
  /** Entry, unreadable and, if it is there, completion; without the note. */
  readonly events: readonly AuditEvent[];
}

/** `undefined`: the erasure is not that far. */
export function certify(
  events: readonly AuditEvent[],
  erasureId: string,
  issuedAt: string,
  signer: Signer,
): Signed<ErasureCertificate> | undefined {
  const own = events.filter(({ data }) => data.erasureId === erasureId).map(withoutNote);
  const facts = factsOf(own);
  const kind = 'inbox-ledger/erasure-certificate';
  return facts && signed<ErasureCertificate>({ kind, version: 1, issuedAt, facts, events: own }, signer);
}

export type CertificateFault = 'not-a-certificate' | 'another-key' | 'signature' | 'events' | 'facts';

/** What is wrong with a certificate, by itself and without any server; `undefined`: nothing. */
export function faultOfCertificate(
  document: unknown,
  trust: { readonly publicKey?: string | undefined; readonly verify: VerifySignature; readonly sha256: Sha256 },
): CertificateFault | undefined {
  if (!isCertificate(document)) return 'not-a-certificate';
  if (trust.publicKey !== undefined && trust.publicKey !== document.publicKey) return 'another-key';
  if (!isIntact(document, trust.verify)) return 'signature';
  if (!document.events.every((event) => hashOf(event, trust.sha256) === event.data.hash)) return 'events';
  return JSON.stringify(factsOf(document.events)) === JSON.stringify(document.facts) ? undefined : 'facts';
}

function isCertificate(document: unknown): document is Signed<ErasureCertificate> {
  if (typeof document !== 'object' || document === null) return false;
  const { kind, version, events, facts, publicKey, signature }: Partial<Record<string, unknown>> = { ...document };
  return (
    kind === 'inbox-ledger/erasure-certificate' &&
    version === 1 &&
    Array.isArray(events) &&
    events.every((event: unknown) => typeof event === 'object' && event !== null && 'data' in event) &&
    typeof facts === 'object' &&
    typeof publicKey === 'string' &&
    typeof signature === 'string'
  );
}

function factsOf(events: readonly AuditEvent[]): ErasureFacts | undefined {
  const entry = events.find((event): event is ContactDeleted => event.type === 'ContactDeleted')?.data;
  const unreadable = events.find((event): event is ContactMadeUnreadable => event.type === 'ContactMadeUnreadable');
  const completed = events.find((event): event is ErasureCompleted => event.type === 'ErasureCompleted');
  if (!entry || !unreadable) return undefined;
  const { erasureId, contactIds, hint, platforms, counts, reason, requestedAt, adminId, adminName } = entry;
  return {
    erasureId,
    contactIds,
    hint,
    platforms,
    destroyed: counts,
    reason,
    requestedAt,
    requestedBy: { userId: adminId, name: adminName },
    unreadableAt: unreadable.data.unreadableAt,
    removedAt: completed?.data.completedAt ?? null,
  };
}

/** The hash does not cover it, and it is nobody's business but the admins'. */
function withoutNote(event: AuditEvent): AuditEvent {
  if (event.type !== 'ContactDeleted') return event;
  const { note, ...data } = event.data;
  return note === undefined ? event : { ...event, data };
}
