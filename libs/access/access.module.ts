import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { userHandlers } from './user/index.js';

/** Commands of users and their access; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: userHandlers })
export class AccessModule {}
