import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { routingHandlers } from './rules/index.js';

/** Commands of the routing rules; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: routingHandlers })
export class RoutingModule {}
