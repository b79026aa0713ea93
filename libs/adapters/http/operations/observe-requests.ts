import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';

/**
 * Times each request and, at log level debug, writes one line. Only the route's pattern is kept, never the address:
 * ids and search words are in it.
 */
export function observeRequests(server: FastifyInstance, metrics: Metrics, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { statusCode: status, elapsedTime: ms } = reply;
    metrics.requestDone(request.method, route, status, ms / 1_000);
    logger.debug({ requestId: request.id, method: request.method, route, status, ms }, 'request');
    done();
  });
}
