import { HttpException } from '@nestjs/common';
import { Fault, PreconditionFailed, StreamGone } from '#event-sourcing';
import type { ProblemCode } from './problem-types.js';
import { isProblemCode } from './problem-types.js';
import { Problem } from './problem.js';

/** What the framework refuses by itself, by status: its own words are not shown. */
const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  404: 'not-found',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'overloaded',
};

/** The problem that anything thrown is answered with. What is not known is `internal`, without a word of its own. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof PreconditionFailed) {
    return new Problem('precondition-failed', { headers: { etag: `"${thrown.actual}"` }, cause: thrown });
  }
  // Only what belongs to a contact is ever erased; what is left of it says no more than that.
  if (thrown instanceof StreamGone) return new Problem('contact-deleted', { cause: thrown });
  if (thrown instanceof Fault)
    return new Problem(isProblemCode(thrown.code) ? thrown.code : 'internal', { cause: thrown });
  return new Problem(byStatus[statusOf(thrown)] ?? 'internal', { cause: thrown });
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const refusedByFastify = thrown instanceof Error && 'statusCode' in thrown && 'code' in thrown;
  return refusedByFastify && typeof thrown.statusCode === 'number' ? thrown.statusCode : 500;
}
