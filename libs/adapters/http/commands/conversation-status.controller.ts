import { Body, Controller, Delete, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddTopic,
  HandToBot,
  RemoveTopic,
  SnoozeConversation,
  TakeFromBot,
  WakeConversation,
} from '#conversations/conversation';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { HandToBotBody, SnoozeBody } from './conversations.dto.js';

@ApiTags('conversations')
@Controller('v1/conversations/:conversationId')
export class ConversationStatusController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** It comes back as `new` when the time has come, the person writes, or somebody wakes it. */
  @Post('snooze')
  @HttpCode(200)
  async snooze(
    @Param('conversationId') conversationId: string,
    @Body() { until }: SnoozeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new SnoozeConversation(this.origins.of(request), { conversationId, until }));
  }

  @Delete('snooze')
  async wake(
    @Param('conversationId') conversationId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new WakeConversation(this.origins.of(request), conversationId));
  }

  @Put('topics/:topicId')
  async addTopic(
    @Param('conversationId') conversationId: string,
    @Param('topicId') topicId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new AddTopic(this.origins.of(request), { conversationId, topicId }));
  }

  @Delete('topics/:topicId')
  async removeTopic(
    @Param('conversationId') conversationId: string,
    @Param('topicId') topicId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new RemoveTopic(this.origins.of(request), { conversationId, topicId }));
  }

  /** The bot's messages answer from now on, until a colleague replies. */
  @Put('bot')
  async handToBot(
    @Param('conversationId') conversationId: string,
    @Body() { botId }: HandToBotBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new HandToBot(this.origins.of(request), { conversationId, botId }));
  }

  @Delete('bot')
  async takeFromBot(
    @Param('conversationId') conversationId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new TakeFromBot(this.origins.of(request), conversationId));
  }
}
