import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MergeContacts, UndoMerge } from '#conversations/when-contacts-merged-then-hand-over';
import type { UndoResult } from '#conversations/when-contacts-merged-then-hand-over';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { MergeContactsBody } from './merges.dto.js';

type Stayed = Extract<UndoResult, { readonly accepted: true }>['stayed'];

@ApiTags('contacts')
@Controller('v1')
export class MergeCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** Everything has gone over when it answers. */
  @Post('contacts/:contactId/merge')
  async merge(
    @Param('contactId') contactId: string,
    @Body() { secondaryId, winners = {} }: MergeContactsBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ mergeId: string; position: string }> {
    const merge = { contactId, secondaryId, winners };
    const merged = await this.commands.run(new MergeContacts(this.origins.of(request), merge));
    return { mergeId: merged.mergeId, position: this.commands.settled(reply, merged) };
  }

  /** Answers what stays with the primary. */
  @Post('merges/:mergeId/undo')
  @HttpCode(200)
  async undo(
    @Param('mergeId') mergeId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ stayed: Stayed; position: string }> {
    const undone = await this.commands.run(new UndoMerge(this.origins.of(request), mergeId));
    return { stayed: undone.stayed, position: this.commands.settled(reply, { position: undone.position }) };
  }
}
