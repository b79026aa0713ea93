import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { conversationView } from '#conversations/conversation-view';
import { newMessages } from '#conversations/messages';
import { Port } from '#event-sourcing';
import type { Position, ReadModels } from '#event-sourcing';
import { etagOf } from '../conventions/etag.js';
import type { LedgerPositions } from '../conventions/ledger-position.js';
import { QueueLook } from '../conventions/queue-look.js';
import { Viewers } from '../conventions/viewers.js';
import { isGoneWithContact, refuseGone } from '../conventions/gone.js';
import { HttpPort } from '../http-ports.js';
import { existing } from '../problems/existing.js';
import { LiveChanges } from './changes.js';
import type { Changes } from './changes.js';
import { openEventStream } from './event-stream.js';
import { LiveQueueQuery } from './live.dto.js';
import { openQueueFeed } from './queue-feed.js';

@ApiTags('live')
@Controller('v1/live')
export class LiveController {
  constructor(
    private readonly changes: LiveChanges,
    private readonly viewers: Viewers,
    private readonly look: QueueLook,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(HttpPort.Positions) private readonly positions: LedgerPositions,
  ) {}

  /** Server-sent events: `changed` with the item as the queue shows it, `removed` with its id. */
  @Get('queue')
  async queue(
    @Query() { view, ...query }: LiveQueueQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filters = () => ({ ...this.look.filters(query), view });
    const from = await this.from(request);
    const feed = await openQueueFeed(this.models, this.look.viewer(request), filters());
    await this.stream(request, reply, from, async (changes, send) => {
      for (const { event, data } of await feed.news(changes, this.look.viewer(request), filters())) send(event, data);
    });
  }

  /**
   * Server-sent events: `changed` with the conversation as its page shows it, its entity tag (for `If-Match`) and the
   * messages that came; `removed` when access is lost, or the contact is deleted.
   */
  @Get('conversations/:conversationId')
  async conversation(
    @Param('conversationId') conversationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = await this.from(request);
    await refuseGone(this.models, conversationId, this.viewers.of(request));
    const shown = existing(await conversationView(this.models, conversationId, this.viewers.of(request)));
    let seen = from;
    let there = true;
    // Who comes again was told of somebody who may speak for the contact no more.
    let contactId = request.headers['last-event-id'] === undefined ? shown.contactId : undefined;
    await this.stream(request, reply, from, async (changes, send) => {
      const viewer = this.viewers.of(request);
      const gone = await isGoneWithContact(this.models, conversationId);
      const view = gone ? undefined : await conversationView(this.models, conversationId, viewer);
      if (!view) {
        if (there) send('removed', { conversationId });
        there = false;
        return;
      }
      const messages = await newMessages(this.models, conversationId, viewer, seen);
      const touched = changes.conversations.some(({ _id }) => _id === conversationId) || messages.length > 0;
      // A merge of its contact touches no conversation that is closed, and yet another contact speaks for it (CON-5).
      if (touched || !there || view.contactId !== contactId) {
        const { revision, ...conversation } = view;
        send('changed', { conversation, etag: etagOf(revision), messages });
      }
      there = true;
      ({ contactId } = view);
      seen = changes.position;
    });
  }

  /** Where the client is: what it sends when it comes again, else now. */
  private async from(request: FastifyRequest): Promise<Position> {
    const last = request.headers['last-event-id'];
    return last === undefined ? this.models.position() : this.positions.parse(String(last), 'Last-Event-ID');
  }

  private async stream(
    request: FastifyRequest,
    reply: FastifyReply,
    from: Position,
    tell: (changes: Changes, send: (event: string, data: object) => void) => Promise<void>,
  ): Promise<void> {
    let stop: () => void = () => undefined;
    const stream = openEventStream(request, reply, () => {
      stop();
    });
    let reached = from;
    let telling = Promise.resolve();
    // One after another: what came before the client listened and what comes now can overlap.
    const listener = (changes: Changes): Promise<void> => {
      telling = telling.then(async () => {
        if (changes.position <= reached) return;
        const id = this.positions.format(changes.position);
        await tell(changes, (event, data) => {
          stream.send(event, id, data);
        });
        reached = changes.position;
      });
      return telling;
    };
    stream.send('position', this.positions.format(from), { position: this.positions.format(from) });
    const close = (): void => {
      stop();
      stream.end();
    };
    stop = this.changes.listen(listener, close);
    // What happened before it listened, or since the client was here last. The answer has begun: a fault ends it.
    await this.changes.since(from).then(listener).catch(close);
  }
}
