import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { conversationView } from '#conversations/conversation-view';
import type { ConversationView } from '#conversations/conversation-view';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { savedReplyDirectory } from '#saved-replies/collection';
import type { Collection, SavedReply } from '#saved-replies/collection';
import { matchesQuery, offeredOn, offeredReplies, offeredReply, senderOf } from '#saved-replies/offered';
import { renderedReply } from '#saved-replies/sending';
import { savedReplyUsesModel } from '#saved-replies/uses';
import type { SavedReplyUses } from '#saved-replies/uses';
import { Id, OptionalId, OptionalText } from '../bodies/fields.js';
import { refuseGone } from '../conventions/gone.js';
import { listAnswer, pageWanted, PageQuery, partOf } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';
import { Problem } from '../problems/problem.js';

class OfferedQuery extends PageQuery {
  /** Only what is offered in this conversation. */
  @OptionalId() readonly conversation?: string;
  @OptionalText(200) readonly q?: string;
}

class RenderBody {
  @Id() readonly conversationId!: string;
}

interface CollectionAnswer {
  readonly collectionId: string;
  readonly name: string;
  readonly personal: boolean;
  readonly channelIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly replies: readonly SavedReply[];
}

interface OfferedAnswer extends SavedReply {
  readonly collectionId: string;
  /** How often it was sent. */
  readonly uses: number;
}

const collections = { name: 'saved-reply-collections', values: 1 };
const offered = { name: 'saved-replies', values: 1 };

@ApiTags('saved replies')
@Controller('v1')
export class SavedReplyQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** One's own, and the shared ones that are offered to one somewhere; admins see all shared ones. */
  @Get('saved-reply-collections')
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<CollectionAnswer>> {
    const wanted = pageWanted(query, collections);
    await this.reads.configuration(request, reply);
    return listAnswer(
      partOf(this.seenBy(request), ({ collectionId }) => collectionId, wanted),
      collections,
    );
  }

  @Get('saved-reply-collections/:collectionId')
  async one(
    @Param('collectionId') collectionId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CollectionAnswer> {
    await this.reads.configuration(request, reply);
    return existing(this.seenBy(request).find((collection) => collection.collectionId === collectionId));
  }

  /** What is offered to the caller, most used first (REP-3). */
  @Get('saved-replies')
  async offered(
    @Query() query: OfferedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<OfferedAnswer>> {
    const wanted = pageWanted(query, offered);
    await this.reads.configuration(request, reply);
    await this.reads.models(request, reply);
    const channelId =
      query.conversation === undefined ? undefined : (await this.conversation(query.conversation, request)).channelId;
    const sender = senderOf(this.views, this.viewers.of(request));
    const found = offeredReplies(this.views.read(savedReplyDirectory), sender, channelId).filter(
      ({ reply: one }) => query.q === undefined || matchesQuery(one, query.q),
    );
    const uses = new Map<string, number>();
    const counted = await this.models.many<SavedReplyUses>(
      savedReplyUsesModel,
      found.map(({ reply: one }) => one.replyId),
    );
    for (const { _id, uses: count } of counted) uses.set(_id, count);
    const items = found.map(({ collection: { collectionId }, reply: one }) => {
      return { ...one, collectionId, uses: uses.get(one.replyId) ?? 0 };
    });
    return listAnswer(partOf(items, rankOf, wanted), offered);
  }

  /** The text as it would be sent; 422 names the variable that lacks a value (REP-2). */
  @Post('saved-replies/:replyId/render')
  @HttpCode(200)
  async render(
    @Param('replyId') replyId: string,
    @Body() { conversationId }: RenderBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ text: string }> {
    await this.reads.configuration(request, reply);
    await this.reads.models(request, reply);
    const { channelId, contactId } = await this.conversation(conversationId, request);
    const viewer = this.viewers.of(request);
    const found = offeredReply(this.views.read(savedReplyDirectory), senderOf(this.views, viewer), replyId);
    if (!found || (found.on !== 'everywhere' && !found.on.has(channelId))) throw new Problem('not-found');
    const ports = { models: this.models, views: this.views };
    const rendered = await renderedReply(ports, viewer, contactId, found.reply.text);
    if ('missing' in rendered) throw new Problem('variable-without-value', { members: { variable: rendered.missing } });
    return rendered;
  }

  private seenBy(request: FastifyRequest): readonly CollectionAnswer[] {
    const viewer = this.viewers.of(request);
    const sender = senderOf(this.views, viewer);
    return [...this.views.read(savedReplyDirectory).values()]
      .filter((collection) => offeredOn(collection, sender) !== undefined || isAdmins(collection, viewer.role))
      .map(({ collectionId, name, ownerId, channelIds, teamIds, replies }) => {
        const personal = ownerId !== undefined;
        return { collectionId, name, personal, channelIds, teamIds, replies: [...replies.values()] };
      });
  }

  private async conversation(conversationId: string, request: FastifyRequest): Promise<ConversationView> {
    const viewer = this.viewers.of(request);
    await refuseGone(this.models, conversationId, viewer);
    return existing(await conversationView(this.models, conversationId, viewer));
  }
}

const isAdmins = ({ ownerId, archived }: Collection, role: string): boolean =>
  role === 'admin' && ownerId === undefined && !archived;

/** Most used first, then by title; as text, which the pages of a list in memory go by. */
function rankOf({ uses, title, replyId }: OfferedAnswer): string {
  return `${String(Number.MAX_SAFE_INTEGER - uses).padStart(16, '0')} ${title.toLowerCase()} ${replyId}`;
}
