import { Controller, Delete, Param, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DissolveLink, LinkContacts } from '#linking/link';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';

@ApiTags('links')
@Controller('v1/contacts/:contactId/links')
export class LinkCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** By hand, for these two alone; also after the pair was dissolved. */
  @Put(':otherId')
  async link(
    @Param('contactId') contactId: string,
    @Param('otherId') otherId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const { position } = await this.commands.run(new LinkContacts(this.origins.of(request), { contactId, otherId }));
    return { position: this.commands.settled(reply, { position }) };
  }

  /** The two stay apart, whatever values they share. */
  @Delete(':otherId')
  async dissolve(
    @Param('contactId') contactId: string,
    @Param('otherId') otherId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const { position } = await this.commands.run(new DissolveLink(this.origins.of(request), { contactId, otherId }));
    return { position: this.commands.settled(reply, { position }) };
  }
}
