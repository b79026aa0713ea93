import { applyDecorators, Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Port } from '#event-sourcing';
import type { Clock, ReadModels } from '#event-sourcing';
import { sumsByDay } from '#reporting/conversation-facts';
import type { DaySums, DurationSum } from '#reporting/conversation-facts';
import { ifGiven, OptionalId } from '../bodies/fields.js';
import { Reads } from '../conventions/reads.js';
import { Problem } from '../problems/problem.js';

const dayMs = 86_400_000;
const mostDays = 366;
const standardDays = 30;

function OptionalDay(): PropertyDecorator {
  return applyDecorators(
    ifGiven(),
    Matches(/^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/, { message: '$property must be a day, YYYY-MM-DD' }),
    ApiPropertyOptional({ type: String, format: 'date' }),
  );
}

class MetricsQuery {
  /** Both days are included; without them the last thirty. */
  @OptionalDay() readonly from?: string;
  @OptionalDay() readonly to?: string;
  /** Id of a channel: only conversations that were opened there. */
  @OptionalId() readonly channel?: string;
}

/** Of how many conversations, and how long all together (ISO 8601). */
interface DurationAnswer {
  readonly count: number;
  readonly total: string;
}

type Durations = 'firstAssignment' | 'firstResponse' | 'waiting' | 'resolution';
type DayAnswer = Omit<DaySums, Durations> & Readonly<Record<Durations, DurationAnswer>>;

@ApiTags('metrics')
@Controller('v1/metrics')
export class MetricsController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  /**
   * Sums over the facts of conversations by UTC day; erased contacts count as before. Days without any are left out.
   */
  @Get('conversations')
  async conversations(
    @Query() query: MetricsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly items: readonly DayAnswer[] }> {
    const wanted = this.daysOf(query);
    await this.reads.models(request, reply);
    const sums = await sumsByDay(this.models, { ...wanted, channelId: query.channel });
    return { items: sums.map(answerOf) };
  }

  private daysOf({ from, to = this.clock.now().slice(0, 10) }: MetricsQuery): { from: string; to: string } {
    const last = Date.parse(to);
    if (!isDay(to)) throw misfit('/to', 'must be a day, YYYY-MM-DD');
    const first = from === undefined ? last - (standardDays - 1) * dayMs : Date.parse(from);
    if (from !== undefined && !isDay(from)) throw misfit('/from', 'must be a day, YYYY-MM-DD');
    if (last - first >= mostDays * dayMs) throw misfit('/from', `must be less than ${mostDays} days before the last`);
    return { from: dayOf(first), to };
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The 31st of February is read as a day in March. */
const isDay = (text: string): boolean => !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;

const misfit = (pointer: string, detail: string): Problem =>
  new Problem('validation', { errors: [{ pointer, detail }] });

const answerOf = (sums: DaySums): DayAnswer => ({
  ...sums,
  firstAssignment: durationOf(sums.firstAssignment),
  firstResponse: durationOf(sums.firstResponse),
  waiting: durationOf(sums.waiting),
  resolution: durationOf(sums.resolution),
});

const durationOf = ({ count, totalMs }: DurationSum): DurationAnswer => ({ count, total: `PT${totalMs / 1_000}S` });
