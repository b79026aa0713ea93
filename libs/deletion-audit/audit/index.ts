export type { AuditDecider } from './decide.js';
export { createAuditDecider } from './decide.js';
export type { ChainCheck } from './chain.js';
export { sha256Token } from './digest.js';
export type { Sha256 } from './digest.js';
export { auditEvents, deletedContactsStream } from './events.js';
export type { AuditEvent, ContactDeleted, ContactMadeUnreadable, DeletionCounts, ErasureCompleted } from './events.js';
export { auditRefusals } from './refusals.js';
export type { AuditRefusal } from './refusals.js';
