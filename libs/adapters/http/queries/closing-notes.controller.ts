import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { closingNotesDirectory } from '#conversations/closing-notes';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

interface CategoryAnswer {
  readonly categoryId: string;
  readonly name: string;
  readonly parentId?: string;
  readonly archived: boolean;
}

const list = { name: 'closing-categories', values: 1 };

@ApiTags('closing notes')
@Controller('v1/closing-categories')
export class ClosingNoteQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<CategoryAnswer>> {
    const wanted = pageWanted(query, list);
    await this.reads.configuration(request, reply);
    return listAnswer(
      partOf(this.categories(), ({ categoryId }) => categoryId, wanted),
      list,
    );
  }

  @Get(':categoryId')
  async one(
    @Param('categoryId') categoryId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CategoryAnswer> {
    await this.reads.configuration(request, reply);
    return existing(this.categories().find((candidate) => candidate.categoryId === categoryId));
  }

  private categories(): readonly CategoryAnswer[] {
    return [...this.views.read(closingNotesDirectory).categories].map(([categoryId, { name, parentId, archived }]) => ({
      categoryId,
      name,
      ...(parentId !== undefined && { parentId }),
      archived,
    }));
  }
}
