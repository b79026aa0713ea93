import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { accessDirectory, teamIdsOf } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { groupDirectory } from '#contact-groups/groups';
import { membershipIn } from '#contact-groups/members';
import type { QueueFilters, QueueViewer } from '#conversations/queue';
import { Port } from '#event-sourcing';
import type { Clock, LiveViews } from '#event-sourcing';
import { durationMs } from '../bodies/duration.js';
import { Viewers } from '../conventions/viewers.js';
import type { QueueFilterQuery } from './queue.dto.js';

/** Whose queue is asked for, and what of it: for the list and for its live updates alike. */
@Injectable()
export class QueueLook {
  constructor(
    private readonly viewers: Viewers,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  viewer(request: FastifyRequest): QueueViewer {
    const viewer = this.viewers.of(request);
    return { ...viewer, teamIds: teamIdsOf(this.views.read(accessDirectory), viewer.userId) };
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
