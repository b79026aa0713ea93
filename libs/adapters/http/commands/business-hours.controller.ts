import { Body, Controller, Delete, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AddCalendar, ArchiveCalendar, ChangeCalendar, ChooseCalendar } from '#business-hours/calendars';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { AddCalendarBody, CalendarChoiceBody, ChangeCalendarBody } from './business-hours.dto.js';

@ApiTags('business hours')
@Controller('v1')
export class BusinessHoursCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** The first one is the default. */
  @Post('business-hours')
  async add(
    @Body() { name, zone, hours, holidays = [], default: chosen }: AddCalendarBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ calendarId: string; position: string }> {
    const calendar = { name, zone, hours, holidays, byDefault: chosen === true };
    const added = await this.commands.run(new AddCalendar(this.origins.of(request), calendar));
    const { calendarId } = eventOf(added.events, 'BusinessCalendarAdded');
    return { calendarId, position: await this.commands.configured(reply, added) };
  }

  @Patch('business-hours/:calendarId')
  async change(
    @Param('calendarId') calendarId: string,
    @Body() { name, zone, hours, holidays, default: byDefault }: ChangeCalendarBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const change = { calendarId, name, zone, hours, holidays, byDefault };
    const changed = await this.commands.run(new ChangeCalendar(this.origins.of(request), change));
    return { position: await this.commands.configured(reply, changed) };
  }

  @Delete('business-hours/:calendarId')
  async archive(
    @Param('calendarId') calendarId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ArchiveCalendar(this.origins.of(request), calendarId));
    return { position: await this.commands.configured(reply, archived) };
  }

  @Put('channels/:channelId/business-hours')
  chooseForChannel(
    @Param('channelId') channelId: string,
    @Body() { calendarId }: CalendarChoiceBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.choose({ of: { channelId }, calendarId }, request, reply);
  }

  /** The channel goes by the default calendar again. */
  @Delete('channels/:channelId/business-hours')
  leaveToDefault(
    @Param('channelId') channelId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.choose({ of: { channelId }, calendarId: null }, request, reply);
  }

  @Put('teams/:teamId/business-hours')
  chooseForTeam(
    @Param('teamId') teamId: string,
    @Body() { calendarId }: CalendarChoiceBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.choose({ of: { teamId }, calendarId }, request, reply);
  }

  /** The team goes by the calendar of the channel, or the default one, again. */
  @Delete('teams/:teamId/business-hours')
  leaveToChannel(
    @Param('teamId') teamId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.choose({ of: { teamId }, calendarId: null }, request, reply);
  }

  private async choose(
    choice: ChooseCalendar['choice'],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const chosen = await this.commands.run(new ChooseCalendar(this.origins.of(request), choice));
    return { position: await this.commands.configured(reply, chosen) };
  }
}
