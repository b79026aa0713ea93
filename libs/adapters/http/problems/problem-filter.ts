import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { methodsOf } from '../auth/route-access.js';
import type { RouteAccess } from '../auth/route-access.js';
import { problemOf } from './problem-of.js';
import { Problem } from './problem.js';
import { redirectFor, sendRedirect } from './redirect.js';
import { pathOf, sendProblem } from './send-problem.js';

/** Answers everything that is thrown with a problem document; nothing else makes one. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly served: (route: RouteAccess) => boolean,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = (request.is404 ? this.wrongMethod(pathOf(request)) : undefined) ?? problemOf(thrown);
    if (problem.status >= 500) this.report(problem, request);
    const redirect = redirectFor(problem, request);
    if (redirect) {
      sendRedirect(request, reply, problem, redirect);
      return;
    }
    sendProblem(request, reply, problem);
  }

  private wrongMethod(path: string): Problem | undefined {
    const methods = methodsOf(path, this.served);
    return methods.length === 0
      ? undefined
      : new Problem('method-not-allowed', { headers: { allow: methods.join(', ') } });
  }

  // A third party's message can hold the data it stumbled over: only the kind of error and the lines of code are kept.
  private report(problem: Problem, request: FastifyRequest): void {
    const cause = problem.cause instanceof Error ? problem.cause : problem;
    const at = cause.stack?.split('\n').filter((line) => line.startsWith('    at '));
    const entry = { requestId: request.id, problem: problem.code, error: cause.name, at };
    if (problem.status === 503) this.logger.warn(entry, 'not available');
    else this.logger.error(entry, 'failed');
  }
}
