import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessLogPage, accessLogProjection } from '#access-log/access-log-view';
import type { AccessEntry } from '#access-log/access-log-view';
import { Port } from '#event-sourcing';
import type { Clock, ReadModels, Secrets } from '#event-sourcing';
import { OptionalId } from '../bodies/fields.js';
import { OptionalInstant } from '../bodies/instant.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';

const list = { name: `access-log.${accessLogProjection.schema}`, values: 3 };

class AccessLogQuery extends PageQuery {
  /** Id of a contact. */
  @OptionalId() readonly contact?: string;
  /** Id of the user who read. */
  @OptionalId() readonly user?: string;
  @OptionalInstant() readonly from?: string;
  @OptionalInstant() readonly to?: string;
}

@ApiTags('history')
@Controller('v1/access-log')
export class AccessLogController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.Secrets) private readonly secrets: Secrets,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  /** Who read personal data, newest first, of the last 90 days. An entry shows about a second after the reading. */
  @Get()
  async page(
    @Query() { contact: contactId, user: userId, from, to, ...part }: AccessLogQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<AccessEntry>> {
    const wanted = pageWanted(part, list);
    await this.reads.models(request, reply);
    const filters = { contactId, userId, from: utc(from), to: utc(to) };
    return listAnswer(
      await accessLogPage({ models: this.models, secrets: this.secrets }, filters, this.clock.now(), wanted),
      list,
    );
  }
}

const utc = (instant: string | undefined): string | undefined => instant && new Date(instant).toISOString();
