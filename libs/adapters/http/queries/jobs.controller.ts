import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jobsPage, jobsProjection, jobView } from '#deletion-audit/jobs-view';
import type { JobView } from '#deletion-audit/jobs-view';
import { Port } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

const list = { name: `jobs.${jobsProjection.schema}`, values: 3 };

@ApiTags('deletion')
@Controller('v1/jobs')
export class JobQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  /** The jobs, newest first. */
  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<JobView>> {
    const wanted = pageWanted(query, list);
    await this.reads.models(request, reply);
    return listAnswer(await jobsPage(this.models, wanted), list);
  }

  /** How far it is. */
  @Get(':jobId')
  async one(
    @Param('jobId') jobId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    await this.reads.models(request, reply);
    return existing(await jobView(this.models, jobId));
  }
}
