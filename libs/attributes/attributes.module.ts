import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { attributesHandlers } from './attributes/index.js';

/** Commands of the attribute catalogue; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: attributesHandlers })
export class AttributesModule {}
