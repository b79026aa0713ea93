import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { businessHoursDirectory, businessMilliseconds, isOpenAt, newestHours } from '#business-hours/calendars';
import type { BusinessHours, NamedCalendar } from '#business-hours/calendars';
import { Port } from '#event-sourcing';
import type { Clock, LiveViews } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';
import { Problem } from '../problems/problem.js';
import { BusinessTimeQuery } from './business-hours.dto.js';

interface CalendarAnswer extends NamedCalendar {
  readonly default: boolean;
  /** Ids of those that go by it by their own choice. */
  readonly channelIds: readonly string[];
  readonly teamIds: readonly string[];
  /** Whether somebody is there now. */
  readonly open: boolean;
}

const list = { name: 'business-hours', values: 1 };

@ApiTags('business hours')
@Controller('v1/business-hours')
export class BusinessHoursQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<CalendarAnswer>> {
    const wanted = pageWanted(query, list);
    await this.reads.configuration(request, reply);
    const hours = newestHours(this.views.read(businessHoursDirectory));
    const page = partOf([...hours.calendars.values()], ({ calendarId }) => calendarId, wanted);
    return listAnswer({ ...page, items: page.items.map((calendar) => this.answerOf(calendar, hours)) }, list);
  }

  /** How long somebody was there between two instants, each part by what was in force at its time. */
  @Get('time')
  async time(
    @Query() { from, to, channel: channelId, team: teamId }: BusinessTimeQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ duration: string }> {
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    if (Date.parse(span.to) - Date.parse(span.from) > longestSpan) {
      throw new Problem('validation', { errors: [{ pointer: '/to', detail: 'is at most a year after from' }] });
    }
    await this.reads.configuration(request, reply);
    const history = this.views.read(businessHoursDirectory);
    return { duration: `PT${businessMilliseconds(history, { channelId, teamId }, span) / 1_000}S` };
  }

  @Get(':calendarId')
  async one(
    @Param('calendarId') calendarId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarAnswer> {
    await this.reads.configuration(request, reply);
    const hours = newestHours(this.views.read(businessHoursDirectory));
    const calendar = existing(hours.calendars.get(calendarId));
    return this.answerOf(calendar, hours);
  }

  private answerOf(calendar: NamedCalendar, { byDefault, ofChannel, ofTeam }: BusinessHours): CalendarAnswer {
    const choosing = (all: ReadonlyMap<string, string>): readonly string[] =>
      [...all].filter(([, calendarId]) => calendarId === calendar.calendarId).map(([id]) => id);
    return {
      ...calendar,
      default: byDefault === calendar.calendarId,
      channelIds: choosing(ofChannel),
      teamIds: choosing(ofTeam),
      open: !calendar.archived && isOpenAt(calendar, this.clock.now()),
    };
  }
}

/** Days are looked at one by one. Milliseconds. */
const longestSpan = 366 * 86_400_000;
