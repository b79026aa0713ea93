import type { FastifyRequest } from 'fastify';
import { callerOf } from '../auth/authenticate.js';
import { Problem } from '../problems/problem.js';

/** Nobody but a service acts for automations and bots: what a person does is theirs. */
export function onlyServices(request: FastifyRequest, actsFor: string | undefined): void {
  if (actsFor !== undefined && callerOf(request).role !== 'service') throw new Problem('forbidden');
}
