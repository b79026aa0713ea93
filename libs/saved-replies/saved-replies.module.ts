import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { collectionHandlers } from './collection/index.js';

/** Commands of saved replies; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: collectionHandlers })
export class SavedRepliesModule {}
