import { Body, Controller, Patch, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChooseClosingNoteMode } from '#conversations/closing-notes';
import { ChangeSettings } from '#settings/settings';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { SettingsBody } from './settings.dto.js';

@ApiTags('settings')
@Controller('v1/settings')
export class SettingsCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** The mode of closing notes stands in a stream of its own, beside the categories: a command of its own. */
  @Patch()
  async change(
    @Body() { closingNotes, ...changes }: SettingsBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const origin = this.origins.of(request);
    const { position } = await this.commands.run(new ChangeSettings(origin, changes));
    if (closingNotes === undefined) return { position: await this.commands.configured(reply, { position }) };
    const step = this.origins.step(origin, 'closing-notes');
    const chosen = await this.commands.run(new ChooseClosingNoteMode(step, closingNotes.mode));
    const settled = { position: Math.max(position, chosen.position) };
    return { position: await this.commands.configured(reply, settled) };
  }
}
