import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Port } from '#event-sourcing';
import type { Rebuilds, RebuildStatus } from '#event-sourcing';
import type { ListAnswer } from '../conventions/page.js';

@ApiTags('operations')
@Controller('v1/rebuilds')
export class RebuildQueriesController {
  constructor(@Inject(Port.Rebuilds) private readonly rebuilds: Rebuilds) {}

  /** Those under way with their progress, and how the last one of each model ended. */
  @Get()
  async all(): Promise<ListAnswer<RebuildStatus>> {
    return { items: await this.rebuilds.all() };
  }
}
