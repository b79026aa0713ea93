import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { teamHandlers } from './team/index.js';
import { userHandlers } from './user/index.js';

/** Commands of users, teams and their access; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: [...userHandlers, ...teamHandlers] })
export class AccessModule {}
