import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { visibleContact, visibleContacts } from '#contacts/contact-view';
import { conversationsOf, conversationsProjection } from '#conversations/conversation-view';
import type { ConversationLine } from '#conversations/conversation-view';
import { Port } from '#event-sourcing';
import type { Ids, LiveViews, ReadModels } from '#event-sourcing';
import { linkValuesProjection, suspendedValues } from '#linking/link-values';
import type { SuspendedValue } from '#linking/link-values';
import { linksOf, mostContactsOfValue } from '#linking/linked';
import type { LinkedContact } from '#linking/linked';
import { settingsDirectory } from '#settings/settings';
import { existingContact } from '../conventions/gone.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';

interface LinksAnswer {
  readonly items: readonly (LinkedContact & { readonly name: string | null })[];
  /** Some values of the contact link nobody, because more than fifty contacts have them. */
  readonly suspended: boolean;
}

const history = { name: `history.${conversationsProjection.schema}`, values: 3 };
const suspended = { name: `suspended.${linkValuesProjection.schema}`, values: 3 };

@ApiTags('links')
@Controller('v1')
export class LinkQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Ids) private readonly ids: Ids,
  ) {}

  /** The contacts that seem to be the same person, of those that the caller sees. */
  @Get('contacts/:contactId/links')
  async links(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinksAnswer> {
    await this.reads.models(request, reply);
    const { items, suspended: some } = await this.linksFor(contactId, request);
    return { items, suspended: some };
  }

  /** The conversations of the contact and of all linked with it, across channels, newest first. */
  @Get('contacts/:contactId/history')
  async history(
    @Param('contactId') contactId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ConversationLine>> {
    const wanted = pageWanted(query, history);
    await this.reads.models(request, reply);
    const { contactIds } = await this.linksFor(contactId, request);
    return listAnswer(await conversationsOf(this.models, contactIds, this.viewers.of(request), wanted), history);
  }

  /** LNK-6: values that too many contacts have; their links are suspended. Hashes, with how many contacts have them. */
  @Get('link-values/suspended')
  async suspended(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<SuspendedValue>> {
    const wanted = pageWanted(query, suspended);
    await this.reads.models(request, reply);
    return listAnswer(await suspendedValues(this.models, mostContactsOfValue, wanted), suspended);
  }

  /** A merged contact counts as the one that speaks for it: linked through any of its parts, shown once. */
  private async linksFor(
    contactId: string,
    request: FastifyRequest,
  ): Promise<LinksAnswer & { readonly contactIds: readonly string[] }> {
    const viewer = this.viewers.of(request);
    const found = await visibleContact(this.models, contactId, viewer);
    const contact = await existingContact(this.models, contactId, found);
    const { matchingAttribute, linkPlaceholders: placeholders } = this.views.read(settingsDirectory);
    const links = await linksOf({ models: this.models, ids: this.ids }, { matchingAttribute, placeholders }, contactId);
    const by = new Map(links.linked.map((linked) => [linked.contactId, linked.by]));
    const seen = await visibleContacts(this.models, [...by.keys()], viewer);
    const linked = seen.filter((other) => other.contactId !== contactId);
    const items = linked.map((other) => ({
      contactId: other.contactId,
      by: other.contactIds.map((id) => by.get(id)).includes('value') ? ('value' as const) : ('hand' as const),
      name: other.name,
    }));
    const contactIds = [contact, ...linked].flatMap((one) => one.contactIds);
    return { items, suspended: links.suspended, contactIds };
  }
}
