import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Port, readPage, workflowsModel } from '#event-sourcing';
import type { ReadModels, WorkflowInstance } from '#event-sourcing';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';

interface QuarantinedInstance {
  readonly workflow: string;
  readonly key: string;
  /** Code of the fault; never a message. */
  readonly reason: string;
  readonly attempts: number;
  readonly at: string;
}

const list = { name: 'quarantined', values: 2 };

@ApiTags('operations')
@Controller('v1/workflows')
export class WorkflowQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  /** Instances that nothing more is done for until somebody releases them, by workflow and key. */
  @Get('quarantined')
  async quarantined(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<QuarantinedInstance>> {
    const wanted = pageWanted(query, list);
    await this.reads.models(request, reply);
    const asked = { where: { 'quarantined.at': { gt: '' } }, sort: {} };
    const page = await readPage<WorkflowInstance>(this.models, workflowsModel, asked, wanted);
    const items = page.items.flatMap(({ workflow, key, quarantined }) =>
      quarantined ? [{ workflow, key, ...quarantined }] : [],
    );
    return listAnswer({ ...page, items }, list);
  }
}
