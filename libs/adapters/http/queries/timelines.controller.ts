import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory } from '#attributes/attributes';
import { groupDirectory } from '#contact-groups/groups';
import { contactView } from '#contacts/contact-view';
import { dividedMessages } from '#conversations/conversation-view';
import { Port } from '#event-sourcing';
import type { EventStore, LiveViews, Page, ReadModels } from '#event-sourcing';
import { contactTimeline, conversationTimeline, namesIn, placeValues, timelineSources } from '#history/timeline';
import type { TimelineItem, TimelinePorts } from '#history/timeline';
import { Accesses } from '../conventions/accesses.js';
import { existingContact, refuseGone } from '../conventions/gone.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer, ListKind } from '../conventions/page.js';
import type { LedgerPositions } from '../conventions/ledger-position.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { HttpPort } from '../http-ports.js';
import { existing } from '../problems/existing.js';

// Cursors hold revisions of the log, which no rebuild changes.
const ofSources = (sources: number): ListKind => ({
  name: sources === 1 ? 'contact-timeline' : `contact-timeline.${sources}`,
  values: sources * placeValues,
});
const ofParts = (parts: number): ListKind => ({
  name: parts === 1 ? 'conversation-timeline' : `conversation-timeline.${parts}`,
  values: parts,
});

/** An item as it is answered: its place in the log is opaque. */
type ItemAnswer = TimelineItem extends infer Item ? Omit<Item, 'position'> & { readonly position: string } : never;

@ApiTags('history')
@Controller('v1')
export class TimelinesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    private readonly accesses: Accesses,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(HttpPort.Positions) private readonly positions: LedgerPositions,
  ) {}

  /** Newest first, conversations included. */
  @Get('contacts/:contactId/timeline')
  async contact(
    @Param('contactId') contactId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ItemAnswer>> {
    await this.reads.models(request, reply);
    const viewer = this.viewers.of(request);
    const configuration = { catalogue: this.views.read(attributeDirectory), groups: this.views.read(groupDirectory) };
    const found = await contactView(this.models, configuration, contactId, viewer);
    const contact = await existingContact(this.models, contactId, found);
    // A merge or its undoing between two pages makes another list of it.
    const sources = await timelineSources(this.models, contact);
    const list = ofSources(sources.contactIds.length + sources.elsewhere.length);
    const wanted = pageWanted(query, list);
    this.accesses.contactRead(request, contactId, 'timeline');
    return this.answer(await contactTimeline(this.ports(), sources, viewer, wanted), list);
  }

  /** Newest first. */
  @Get('conversations/:conversationId/timeline')
  async conversation(
    @Param('conversationId') conversationId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ItemAnswer>> {
    await this.reads.models(request, reply);
    const viewer = this.viewers.of(request);
    await refuseGone(this.models, conversationId, viewer);
    const divided = await dividedMessages(this.models, conversationId);
    const list = ofParts(1 + divided.elsewhere.length);
    const wanted = pageWanted(query, list);
    const page = existing(await conversationTimeline(this.ports(), conversationId, divided, viewer, wanted));
    return this.answer(page, list);
  }

  private ports(): TimelinePorts {
    return { store: this.store, models: this.models, names: namesIn(this.views) };
  }

  private answer(page: Page<TimelineItem>, list: ListKind): ListAnswer<ItemAnswer> {
    const items = page.items.map((item) => ({ ...item, position: this.positions.format(item.position) }));
    return listAnswer({ ...page, items }, list);
  }
}
