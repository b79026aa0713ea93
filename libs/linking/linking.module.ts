import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { linkHandlers } from './link/index.js';

/** Commands of links made and dissolved by hand; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: linkHandlers })
export class LinkingModule {}
