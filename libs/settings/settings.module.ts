import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { settingsHandlers } from './settings/index.js';

/** Commands of the settings; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: settingsHandlers })
export class SettingsModule {}
