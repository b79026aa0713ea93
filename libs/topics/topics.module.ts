import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { topicsHandlers } from './topics/index.js';

/** Commands of topics; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: topicsHandlers })
export class TopicsModule {}
