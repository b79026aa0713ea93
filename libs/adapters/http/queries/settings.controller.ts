import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { closingNotesDirectory } from '#conversations/closing-notes';
import type { ClosingNoteMode } from '#conversations/closing-notes';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { settingsDirectory } from '#settings/settings';
import type { Settings } from '#settings/settings';
import { Reads } from '../conventions/reads.js';

interface ClosingNoteSettingsAnswer {
  readonly mode: ClosingNoteMode;
  /** What automatic closes take. */
  readonly automaticCategory: string | null;
}

@ApiTags('settings')
@Controller('v1/settings')
export class SettingsQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get()
  async settings(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Settings & { readonly closingNotes: ClosingNoteSettingsAnswer }> {
    await this.reads.configuration(request, reply);
    const { mode, automaticCategoryId } = this.views.read(closingNotesDirectory);
    return { ...this.views.read(settingsDirectory), closingNotes: { mode, automaticCategory: automaticCategoryId } };
  }
}
