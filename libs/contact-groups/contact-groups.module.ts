import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { groupsHandlers } from './groups/index.js';

/** Commands of the contact groups; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: groupsHandlers })
export class ContactGroupsModule {}
