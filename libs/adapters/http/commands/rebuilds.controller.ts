import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Port } from '#event-sourcing';
import type { Rebuilds, RebuildStatus } from '#event-sourcing';
import { projections } from '#product';
import { OneOf } from '../bodies/fields.js';

class RebuildBody {
  @OneOf(projections.map(({ name }) => name)) readonly model!: string;
}

@ApiTags('operations')
@Controller('v1/rebuilds')
export class RebuildsController {
  constructor(@Inject(Port.Rebuilds) private readonly rebuilds: Rebuilds) {}

  /** Builds the model from nothing beside the live one, then switches (HIS-4). Asking again joins the one under way. */
  @Post()
  @HttpCode(202)
  async request(@Body() { model }: RebuildBody): Promise<RebuildStatus> {
    return this.rebuilds.request(model);
  }
}
