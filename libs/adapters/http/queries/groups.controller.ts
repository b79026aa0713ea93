import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import type { Condition } from '#contact-groups/condition';
import { groupDirectory, vipGroupId } from '#contact-groups/groups';
import type { ContactGroup, GroupConfiguration } from '#contact-groups/groups';
import { groupMembers, groupMembersProjection, groupSize } from '#contact-groups/members';
import { searchProgress } from '#contact-groups/when-condition-changes-then-find-members';
import type { SearchProgress } from '#contact-groups/when-condition-changes-then-find-members';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';
import { Problem } from '../problems/problem.js';

interface GroupAnswer {
  readonly groupId: string;
  readonly name: string;
  /** The newest one, in force or not yet. */
  readonly condition: Condition;
  readonly builtIn: boolean;
  readonly archived: boolean;
  /** How many contacts are in it, by the condition in force. Not there for who lacks a channel (ASG-6). */
  readonly memberCount?: number;
  /** Not there once all members by the newest condition are found, nor for who lacks a channel. */
  readonly computing?: SearchProgress;
}

const list = { name: 'groups', values: 1 };
const members = { name: `${groupMembersProjection.name}.${groupMembersProjection.schema}`, values: 2 };
const vipCondition = { field: 'vip', operator: 'is', value: true } as const;

@ApiTags('groups')
@Controller('v1/groups')
export class GroupQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** Archived ones are listed too, and marked. */
  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<GroupAnswer>> {
    const wanted = pageWanted(query, list);
    const configuration = await this.configuration(request, reply);
    const ids = [vipGroupId, ...configuration.groups.keys()];
    const page = partOf(ids, (groupId) => groupId, wanted);
    const counted = this.seesAll(request);
    const items = await Promise.all(page.items.map((groupId) => this.answer(groupId, configuration, counted)));
    return listAnswer({ ...page, items: items.filter((item) => item !== undefined) }, list);
  }

  @Get(':groupId')
  async one(
    @Param('groupId') groupId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupAnswer> {
    const configuration = await this.configuration(request, reply);
    return existing(await this.answer(groupId, configuration, this.seesAll(request)));
  }

  /** In the order of their ids. */
  @Get(':groupId/members')
  async members(
    @Param('groupId') groupId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<{ readonly contactId: string }>> {
    const wanted = pageWanted(query, members);
    const configuration = await this.configuration(request, reply);
    if (groupId !== vipGroupId && !configuration.groups.has(groupId)) throw new Problem('not-found');
    return listAnswer(await groupMembers(this.models, configuration, groupId, wanted), members);
  }

  private async configuration(request: FastifyRequest, reply: FastifyReply): Promise<GroupConfiguration> {
    await this.reads.configuration(request, reply);
    await this.reads.models(request, reply);
    return { groups: this.views.read(groupDirectory), catalogue: this.views.read(attributeDirectory) };
  }

  /** Numbers over all contacts would tell the others how many there are where they see none. */
  private seesAll(request: FastifyRequest): boolean {
    return this.viewers.of(request).channels === 'all';
  }

  private async answer(
    groupId: string,
    configuration: GroupConfiguration,
    counted: boolean,
  ): Promise<GroupAnswer | undefined> {
    const size = counted ? { memberCount: await groupSize(this.models, configuration, groupId) } : {};
    if (groupId === vipGroupId) {
      const archived = !vipEnabled(configuration.catalogue);
      return { groupId, name: 'VIP', condition: vipCondition, builtIn: true, archived, ...size };
    }
    const group = configuration.groups.get(groupId);
    if (!group) return undefined;
    return { groupId, ...shown(group), ...size, ...(counted && (await this.progress(groupId, group))) };
  }

  private async progress(groupId: string, { computing }: ContactGroup): Promise<Pick<GroupAnswer, 'computing'>> {
    return computing ? { computing: await searchProgress(this.models, groupId) } : {};
  }
}

function shown({ name, archived, effective, computing }: ContactGroup): Omit<GroupAnswer, 'groupId' | 'memberCount'> {
  return { name, condition: (computing ?? effective).condition, builtIn: false, archived };
}
