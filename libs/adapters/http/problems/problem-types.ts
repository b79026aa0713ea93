import type { ProblemType } from './problem-type.js';
import { refusalTypes } from './refusal-types.js';
import type { RefusalCode } from './refusal-types.js';

/** What HTTP and the machinery under it have to say; what rules say is in `refusal-types.ts`. */
const conventions = {
  validation: {
    status: 400,
    sentence: 'The request does not have the shape that this call takes; errors[] says where.',
  },
  'malformed-json': { status: 400, sentence: 'The body is not JSON in UTF-8.' },
  'bad-request': { status: 400, sentence: 'The request cannot be read.' },
  unauthenticated: { status: 401, sentence: 'The call needs a valid bearer token.' },
  'bad-signature': { status: 401, sentence: "The signature over the body is not that of this channel's secret." },
  forbidden: { status: 403, sentence: 'The role of the token may not make this call.' },
  'user-deactivated': { status: 403, sentence: 'The user of the token was deactivated.' },
  'not-found': { status: 404, sentence: 'Nothing is there for you under this address.' },
  'method-not-allowed': {
    status: 405,
    sentence: 'The address does not answer to this method; Allow lists those that it answers to.',
  },
  'request-timeout': { status: 408, sentence: 'The request took too long to arrive.' },
  'audit-broken': { status: 409, sentence: 'The chain of the audit does not hold; nothing is sealed over it.' },
  'erasure-under-way': { status: 409, sentence: 'The contact is not unreadable yet; its certificate comes then.' },
  'not-quarantined': { status: 409, sentence: 'No such instance of a workflow is quarantined.' },
  'cursor-outdated': {
    status: 410,
    sentence: 'The cursor is from before a rebuild of the list; begin again without one.',
  },
  'position-unknown': { status: 410, sentence: 'The position belongs to another event store than this one.' },
  'precondition-failed': {
    status: 412,
    sentence: 'It has changed since the revision that If-Match names; ETag is the present one.',
  },
  'body-too-large': { status: 413, sentence: 'The body is larger than 1 MB.' },
  'event-too-large': { status: 413, sentence: 'What would have to be recorded is larger than the store takes.' },
  'uri-too-long': { status: 414, sentence: 'The address is too long.' },
  'unsupported-media-type': { status: 415, sentence: 'The body has to be application/json.' },
  'too-many-conversations': {
    status: 422,
    sentence: 'The filter finds more than 500 conversations; nothing was done. Narrow it down.',
  },
  'command-id-reused': { status: 422, sentence: 'The Idempotency-Key was used for another request before.' },
  'too-many-requests': {
    status: 429,
    sentence: 'More requests came than a person may send; RateLimit tells when it goes on.',
  },
  'headers-too-large': { status: 431, sentence: 'The header fields are too large.' },
  internal: { status: 500, sentence: 'Something went wrong on our side; it has been noted.' },
  'damaged-data': { status: 500, sentence: 'Stored data is damaged; the operator finds more with `ledger doctor`.' },
  'foreign-store': {
    status: 500,
    sentence: 'The stores do not belong together; the operator finds more with `ledger doctor`.',
  },
  'store-unavailable': {
    status: 503,
    sentence: 'A store does not answer at the moment; nothing was half done.',
    retryAfter: 1,
  },
  overloaded: { status: 503, sentence: 'More work waits than can be held; nothing was done.', retryAfter: 1 },
  'revision-conflict': {
    status: 503,
    sentence: 'Too many write to the same thing at once; nothing was done.',
    retryAfter: 1,
  },
  'newer-writer': {
    status: 503,
    sentence: 'A newer version of the product wrote here; this process is about to be replaced.',
    retryAfter: 5,
  },
  'token-keys-unavailable': {
    status: 503,
    sentence: 'The key set of the identity provider does not answer.',
    retryAfter: 5,
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

export type ProblemCode = keyof typeof conventions | RefusalCode;

/** Every problem that a call can be answered with, by its code. docs/problems.md is made from it. */
export const problemTypes: ReadonlyMap<ProblemCode, ProblemType> = new Map<ProblemCode, ProblemType>([
  ...refusalTypes,
  ...(Object.entries(conventions) as [keyof typeof conventions, ProblemType][]),
]);

export function isProblemCode(code: string): code is ProblemCode {
  return (problemTypes as ReadonlyMap<string, ProblemType>).has(code);
}

export function typeOf(code: ProblemCode): ProblemType {
  const type = problemTypes.get(code);
  if (type === undefined) throw new Error(`problem ${code} has no type`);
  return type;
}
