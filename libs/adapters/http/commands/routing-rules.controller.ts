import { Body, Controller, Delete, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AddRoutingRule, ArchiveRoutingRule, ChangeRoutingRule, ReorderRoutingRules } from '#routing/rules';
import type { GivenTerms, RoutingTarget } from '#routing/rules';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { Problem } from '../problems/problem.js';
import { AddRoutingRuleBody, ChangeRoutingRuleBody, RoutingOrderBody } from './routing-rules.dto.js';
import type { AttributeTermBody, RoutingTargetBody, RoutingTermsBody } from './routing-rules.dto.js';

@ApiTags('routing rules')
@Controller('v1/routing-rules')
export class RoutingRuleCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** Asked after all that are there. */
  @Post()
  async add(
    @Body() { name, when = {}, to }: AddRoutingRuleBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ ruleId: string; position: string }> {
    const rule = { name, when: termsOf(when), to: targetOf(to) };
    const added = await this.commands.run(new AddRoutingRule(this.origins.of(request), rule));
    const { ruleId } = eventOf(added.events, 'RoutingRuleAdded');
    return { ruleId, position: await this.commands.configured(reply, added) };
  }

  /** These are asked first, in this order. */
  @Put('order')
  async reorder(
    @Body() { ruleIds }: RoutingOrderBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const reordered = await this.commands.run(new ReorderRoutingRules(this.origins.of(request), ruleIds));
    return { position: await this.commands.configured(reply, reordered) };
  }

  @Patch(':ruleId')
  async change(
    @Param('ruleId') ruleId: string,
    @Body() { name, when, to }: ChangeRoutingRuleBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const change = { ruleId, name, when: when && termsOf(when), to: to && targetOf(to) };
    const changed = await this.commands.run(new ChangeRoutingRule(this.origins.of(request), change));
    return { position: await this.commands.configured(reply, changed) };
  }

  @Delete(':ruleId')
  async archive(
    @Param('ruleId') ruleId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ArchiveRoutingRule(this.origins.of(request), ruleId));
    return { position: await this.commands.configured(reply, archived) };
  }
}

function termsOf(when: RoutingTermsBody): GivenTerms {
  const { channelId, group, topic, attribute, language, businessHours } = when;
  return {
    ...(channelId !== undefined && { channelId }),
    ...(group !== undefined && { group }),
    ...(topic !== undefined && { topicId: topic }),
    ...(attribute && { attribute: askedOf(attribute) }),
    ...(language !== undefined && { language }),
    ...(businessHours !== undefined && { businessHours }),
  };
}

const askedOf = ({ alias, operator = 'is', value }: AttributeTermBody) => ({ alias, operator, value });

/** Throws `validation` when it names nobody, or both. */
function targetOf({ userId, teamId, pick }: RoutingTargetBody): RoutingTarget {
  if (userId !== undefined && teamId === undefined && pick === undefined) return { userId };
  if (userId === undefined && teamId !== undefined) return pick === undefined ? { teamId } : { teamId, pick };
  const detail = 'is {userId}, {teamId} or {teamId, pick}';
  throw new Problem('validation', { errors: [{ pointer: '/to', detail }] });
}
