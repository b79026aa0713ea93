import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddTopic,
  AssignConversation,
  CloseConversation,
  RemoveTopic,
  SnoozeConversation,
  UnassignConversation,
} from '#conversations/conversation';
import { queuePage } from '#conversations/queue';
import { Port } from '#event-sourcing';
import type { Origin, Position, ReadModels } from '#event-sourcing';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { QueueLook } from '../conventions/queue-look.js';
import { Reads } from '../conventions/reads.js';
import { problemOf } from '../problems/problem-of.js';
import { Problem } from '../problems/problem.js';
import { pathOf } from '../problems/send-problem.js';
import { targetOf } from './assignee.dto.js';
import { BulkBody, mostAtOnce } from './bulk.dto.js';

/** What became of one conversation. */
type BulkItem = { readonly conversationId: string } & (
  | { readonly done: true }
  /** As its own call would have been answered. */
  | { readonly done: false; readonly problem: Readonly<Record<string, unknown>> }
);

type OneCommand =
  AddTopic | AssignConversation | CloseConversation | RemoveTopic | SnoozeConversation | UnassignConversation;

const atOnce = 16;

@ApiTags('conversations')
@Controller('v1/conversations/bulk')
export class BulkController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
    private readonly reads: Reads,
    private readonly look: QueueLook,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  /**
   * The same with each conversation, each by a command of its own: what one is refused does not keep the others back.
   * Sent again under the same Idempotency-Key, each is answered as the first time; a filter is asked anew, and finds no
   * more what the first time took out of it.
   */
  @Post()
  @HttpCode(200)
  async act(
    @Body() body: BulkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ items: readonly BulkItem[]; position: string }> {
    const commandOf = commandsOf(body);
    const origin = this.origins.of(request);
    const ids = await this.idsOf(body, request, reply);
    const items: BulkItem[] = [];
    let position: Position = 0;
    const one = async (conversationId: string): Promise<BulkItem> => {
      try {
        const command = commandOf(this.origins.step(origin, conversationId), conversationId);
        const settled = await this.commands.run(command);
        position = Math.max(position, settled.position);
        return { conversationId, done: true };
      } catch (fault) {
        return { conversationId, done: false, problem: problemOf(fault).document(pathOf(request)) };
      }
    };
    for (let done = 0; done < ids.length; done += atOnce) {
      items.push(...(await Promise.all(ids.slice(done, done + atOnce).map(one))));
    }
    return { items, position: this.commands.settled(reply, { position }) };
  }

  /** In the order of the queue, when a filter finds them: all of them, or none at all. */
  private async idsOf(
    { ids, filter }: BulkBody,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<readonly string[]> {
    if (ids && !filter) return [...new Set(ids)];
    if (!filter || ids) throw needed('ids', 'or a filter is needed, and not both');
    const { view, q, ...query } = filter;
    await this.reads.models(request, reply);
    const filters = { ...this.look.filters(query), view, found: await this.look.found(request, q) };
    const wanted = { limit: mostAtOnce };
    const { items, next } = await queuePage(this.models, this.look.viewer(request), filters, wanted);
    if (next) throw new Problem('too-many-conversations');
    return items.map(({ conversationId }) => conversationId);
  }
}

/** The command of the action for one conversation. Throws `validation` when the action lacks what it needs. */
function commandsOf(body: BulkBody): (origin: Origin, conversationId: string) => OneCommand {
  const { action, userId, teamId, category, summary, topicId, remove = false, until } = body;
  switch (action) {
    case 'assign': {
      if (userId === undefined && teamId === undefined) return (origin, id) => new UnassignConversation(origin, id);
      const to = targetOf(body);
      return (origin, id) => new AssignConversation(origin, id, to);
    }
    case 'close':
      return (origin, conversationId) => new CloseConversation(origin, { conversationId, category, summary });
    case 'topic': {
      if (topicId === undefined) throw needed('topicId');
      return (origin, conversationId) =>
        remove
          ? new RemoveTopic(origin, { conversationId, topicId })
          : new AddTopic(origin, { conversationId, topicId });
    }
    case 'snooze': {
      if (until === undefined) throw needed('until');
      return (origin, conversationId) => new SnoozeConversation(origin, { conversationId, until });
    }
  }
}

const needed = (field: string, detail = 'is needed for this action'): Problem =>
  new Problem('validation', { errors: [{ pointer: `/${field}`, detail }] });
