import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { businessHoursHandlers } from './calendars/index.js';

/** Commands of the calendars; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: businessHoursHandlers })
export class BusinessHoursModule {}
