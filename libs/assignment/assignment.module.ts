import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { presenceHandlers } from './presence/index.js';

/** Commands of presence; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: presenceHandlers })
export class AssignmentModule {}
