import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Port } from '#event-sourcing';
import type { Clock } from '#event-sourcing';
import { HttpPort } from '../http-ports.js';
import type { HealthPart } from '../http-ports.js';
import type { Metrics } from './metrics.js';

// A probe that hangs tells an orchestrator nothing.
const probePatienceMs = 2_000;

/** Whether the process lives, whether it can work, and what it counted. */
@ApiExcludeController()
@Controller()
export class OperationsController {
  constructor(
    @Inject(HttpPort.HealthParts) private readonly parts: readonly HealthPart[],
    @Inject(HttpPort.Metrics) private readonly counted: Metrics,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  @Get('health/live')
  live(): { live: true } {
    return { live: true };
  }

  @Get('health/ready')
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ ready: boolean; parts: Record<string, boolean> }> {
    const states = await Promise.all(this.parts.map(async (part) => [part.name, await this.isHealthy(part)] as const));
    const ready = states.every(([, healthy]) => healthy);
    reply.status(ready ? 200 : 503);
    return { ready, parts: Object.fromEntries(states) };
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.counted.contentType);
    return this.counted.text();
  }

  private async isHealthy(part: HealthPart): Promise<boolean> {
    const enough = new AbortController();
    try {
      return await Promise.race([part.healthy(), this.clock.sleep(probePatienceMs, enough.signal).then(() => false)]);
    } catch {
      return false;
    } finally {
      enough.abort();
    }
  }
}
