import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { instanceStream, outcomeDecider, Port } from '#event-sourcing';
import type { CommandRunner } from '#event-sourcing';
import { workflows } from '#product';
import { OneOf, Text } from '../bodies/fields.js';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { Problem } from '../problems/problem.js';

class ReleaseBody {
  @OneOf(workflows.map(({ name }) => name)) readonly workflow!: string;
  /** As the list of what is quarantined names it. */
  @Text(500) readonly key!: string;
}

@ApiTags('operations')
@Controller('v1/workflows')
export class WorkflowCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** The instance goes on, with all its attempts before it. */
  @Post('release')
  @HttpCode(200)
  async release(
    @Body() { workflow, key }: ReleaseBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const { header, options } = this.origins.of(request);
    const command = { ...header, type: 'ReleaseInstance', workflow, key } as const;
    const result = await this.runner.run(outcomeDecider, instanceStream(workflow, key), command, options);
    if (!result.accepted) throw new Problem(result.refusal.code);
    return { position: this.commands.settled(reply, result) };
  }
}
