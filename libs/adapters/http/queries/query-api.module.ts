import { Module } from '@nestjs/common';
import { Reads } from '../conventions/reads.js';

/** Everything that only shows. */
@Module({
  controllers: [],
  providers: [Reads],
})
export class QueryApiModule {}
