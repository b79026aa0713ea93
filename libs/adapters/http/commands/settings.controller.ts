import { Body, Controller, Patch, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChooseAutomaticCategory, ChooseClosingNoteMode } from '#conversations/closing-notes';
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

  /** What closing notes hold stands in a stream of its own, beside the categories: by commands of their own. */
  @Patch()
  async change(
    @Body() { closingNotes, ...changes }: SettingsBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const origin = this.origins.of(request);
    const { position } = await this.commands.run(new ChangeSettings(origin, changes));
    if (closingNotes === undefined) return { position: await this.commands.configured(reply, { position }) };
    const { mode, automaticCategory } = closingNotes;
    const positions = [position];
    const step = (name: string) => this.origins.step(origin, name);
    if (mode !== undefined) {
      positions.push((await this.commands.run(new ChooseClosingNoteMode(step('closing-notes'), mode))).position);
    }
    if (automaticCategory !== undefined) {
      const command = new ChooseAutomaticCategory(step('automatic-category'), automaticCategory);
      positions.push((await this.commands.run(command)).position);
    }
    const settled = { position: Math.max(...positions) };
    return { position: await this.commands.configured(reply, settled) };
  }
}
