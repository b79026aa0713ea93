import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';

/** Everything that changes something. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [],
  providers: [Commands, Origins],
})
export class CommandApiModule {}
