import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { accessDirectory, viewerOf } from '#access/user';
import type { Viewer } from '#access/user';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { callerOf } from '../auth/authenticate.js';

/** Through whose eyes a query looks (ASG-6). */
@Injectable()
export class Viewers {
  constructor(@Inject(Port.LiveViews) private readonly views: LiveViews) {}

  of(request: FastifyRequest): Viewer {
    const { subject: userId, role } = callerOf(request);
    return viewerOf(this.views.read(accessDirectory), { userId, role });
  }
}
