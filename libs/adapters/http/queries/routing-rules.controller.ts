import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { routingDirectory } from '#routing/rules';
import type { RoutingRule, RoutingTarget, RoutingTerms } from '#routing/rules';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

interface RoutingRuleAnswer {
  readonly ruleId: string;
  readonly name?: string;
  readonly when: Omit<RoutingTerms, 'topicId' | 'attribute'> & {
    readonly topic?: string;
    readonly attribute?: { readonly alias: string; readonly operator: string; readonly value: unknown };
  };
  readonly to: RoutingTarget;
  readonly archived: boolean;
}

@ApiTags('routing rules')
@Controller('v1/routing-rules')
export class RoutingRuleQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** In the order in which they are asked, never paged: half an order is none. */
  @Get()
  async all(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<RoutingRuleAnswer>> {
    await this.reads.configuration(request, reply);
    return { items: this.views.read(routingDirectory).map(answerOf) };
  }

  @Get(':ruleId')
  async one(
    @Param('ruleId') ruleId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoutingRuleAnswer> {
    await this.reads.configuration(request, reply);
    return answerOf(existing(this.views.read(routingDirectory).find((candidate) => candidate.ruleId === ruleId)));
  }
}

function answerOf({ when: { topicId, attribute, ...when }, ...rule }: RoutingRule): RoutingRuleAnswer {
  return {
    ...rule,
    when: {
      ...when,
      ...(topicId !== undefined && { topic: topicId }),
      ...(attribute && {
        attribute: {
          alias: attribute.field.replace('attribute.', ''),
          operator: attribute.operator,
          value: attribute.value,
        },
      }),
    },
  };
}
