import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { listener } from '#assignment/presence';
import type { Heartbeats } from '#event-sourcing';
import { ApiModule } from './api.module.js';
import { guardRoutes } from './auth/authenticate.js';
import { KnownUsers } from './auth/known-users.js';
import { refuseDeactivated } from './auth/refuse-deactivated.js';
import { createTokenVerifier } from './auth/token-verifier.js';
import { checkPathParameters } from './bodies/path-parameters.js';
import { readJsonBodies } from './bodies/read-json-bodies.js';
import { refuseUndescribed } from './bodies/refuse-undescribed.js';
import { ValidationPipe } from './bodies/validation.pipe.js';
import type { HttpApiOptions } from './http-api-options.js';
import { createMetrics } from './operations/metrics.js';
import { serveDescription } from './operations/openapi.js';
import { observeRequests } from './operations/observe-requests.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { problemOf } from './problems/problem-of.js';
import { sendProblem } from './problems/send-problem.js';
import { Problem } from './problems/problem.js';

const bodyLimit = 1_048_576;

// Behind a proxy that speaks TLS the browser is there already; without one, upgrading would make /docs unreadable.
const securityHeaders = { contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } };

export interface HttpApi {
  /** Port 0: any free one. Resolves with where it listens. */
  listen(port: number, host: string): Promise<{ readonly url: string }>;
  /** Answers what is under way, takes nothing new. */
  close(): Promise<void>;
}

/** The outside contract over HTTP: the command side, the query side or both. */
export async function createHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const metrics = createMetrics(options.lag);
  const adapter = new FastifyAdapter({
    bodyLimit,
    logger: false,
    genReqId: () => options.ports.Ids.next(),
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // Nothing uses Express middleware, so no request shall pay for it.
    skipMiddie: true,
    // What the router itself refuses (a malformed address) never reaches the filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(request, reply, problemOf(error));
    },
    routerOptions: { maxParamLength: 256 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.serving(options, metrics), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const server = app.getHttpAdapter().getInstance();
  observeRequests(server, metrics, options.logger);
  readJsonBodies(server);
  checkPathParameters(server);
  const knownUsers = options.commands ? app.get(KnownUsers) : undefined;
  guardRoutes(server, createTokenVerifier(options.tokens), async (caller, requestId) => {
    refuseDeactivated(options.ports.LiveViews, caller);
    await knownUsers?.meet(caller, requestId);
  });
  // Not by Fastify's plugin, which puts the middleware together anew for each request.
  const secure = helmet(securityHeaders);
  server.addHook('onRequest', ({ raw }, reply, done) => {
    secure(raw, reply.raw, () => {
      done();
    });
  });
  await app.register(rateLimit, limitsForPeople(options.requestsPerMinute));
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(options.logger, ({ method, path }) => server.hasRoute({ method, url: path })));
  refuseUndescribed(server, serveDescription(app));
  await app.init();
  const listening = options.commands ? sayThatItListens(options.ports.Heartbeats) : undefined;
  return {
    async listen(port, host) {
      await app.listen(port, host);
      const { address, family, port: bound } = app.getHttpServer().address() as AddressInfo;
      return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}` };
    },
    async close() {
      clearInterval(listening);
      await app.close();
    },
  };
}

const listeningEvery = 10_000;

/** So that nobody is taken for silent while no API could hear them (ASG-3). An outage of the database says the same. */
function sayThatItListens(heartbeats: Heartbeats): NodeJS.Timeout {
  const say = (): void => {
    heartbeats.beat(listener).catch(() => undefined);
  };
  say();
  return setInterval(say, listeningEvery).unref();
}

function limitsForPeople(max: number): Parameters<typeof rateLimit>[1] {
  return {
    max,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: ({ caller }: FastifyRequest) => caller?.subject ?? '',
    allowList: ({ caller }: FastifyRequest) => caller === undefined || caller.role === 'service',
    errorResponseBuilder: (_request, { after }) =>
      new Problem('too-many-requests', {
        detail: `More requests came than a person may send; it goes on in ${after}.`,
      }),
  };
}
