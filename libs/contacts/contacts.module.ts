import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { contactHandlers } from './contact/index.js';

/** Commands of the contacts; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: contactHandlers })
export class ContactsModule {}
