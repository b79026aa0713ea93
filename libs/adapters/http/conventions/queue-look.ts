import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { accessDirectory, teamIdsOf } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { groupDirectory } from '#contact-groups/groups';
import { membershipIn } from '#contact-groups/members';
import type { QueueFilters, QueueViewer } from '#conversations/queue';
import { Port } from '#event-sourcing';
import type { Clock, LiveViews, ReadModels } from '#event-sourcing';
import { textFound } from '#search/find';
import { searchWords } from '#search/words';
import { durationMs } from '../bodies/duration.js';
import { Viewers } from './viewers.js';
import type { QueueFilterQuery } from './queue-filter.js';

/** Whose queue is asked for, and what of it: for its list, its live updates, and what is done with many at once. */
@Injectable()
export class QueueLook {
  constructor(
    private readonly viewers: Viewers,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  viewer(request: FastifyRequest): QueueViewer {
    const viewer = this.viewers.of(request);
    return { ...viewer, teamIds: teamIdsOf(this.views.read(accessDirectory), viewer.userId) };
  }

  /** What the text finds for the caller; `undefined`: none was given. One without a word in it finds nothing. */
  async found(request: FastifyRequest, q: string | undefined): Promise<QueueFilters['found']> {
    if (q === undefined) return undefined;
    const words = searchWords(q);
    if (!words) return { contactIds: new Set(), conversationIds: new Set() };
    const configuration = {
      catalogue: this.views.read(attributeDirectory),
      groups: this.views.read(groupDirectory),
      channelIds: [...this.views.read(channelDirectory).keys()],
    };
    return textFound(this.models, configuration, this.viewers.of(request), words);
  }

  filters(query: QueueFilterQuery): QueueFilters {
    const { status, channel: channelId, medium, group, topic, team, assignee, waitingLonger } = query;
    const catalogue = this.views.read(attributeDirectory);
    const groups = this.views.read(groupDirectory);
    // Of a group that is not there nobody is a member: no document has the empty membership.
    const membership = group === undefined ? undefined : (membershipIn(group, { groups, catalogue }) ?? '');
    const waitingSinceUpTo =
      waitingLonger === undefined
        ? undefined
        : new Date(Date.parse(this.clock.now()) - durationMs(waitingLonger)).toISOString();
    return { status, channelId, medium, team, assignee, membership, topic, waitingSinceUpTo };
  }
}
