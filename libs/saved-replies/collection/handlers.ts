import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import { collectionDecider } from './decide.js';
import { collectionStream } from './events.js';
import type { CollectionEvent } from './events.js';
import { contentFacts, sharingChange, sharingFacts } from './facts.js';
import type { CollectionRefusal } from './refusals.js';

type Result = CommandResult<CollectionEvent, CollectionRefusal>;

/** The answer's first event holds the new `collectionId`. */
export class CreateCollection extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly collection: {
      readonly name: string;
      readonly personal: boolean;
      readonly channelIds: readonly string[];
      readonly teamIds: readonly string[];
    },
  ) {
    super();
  }
}

/** What is not named stays as it is. */
export class ChangeCollection extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly change: {
      readonly collectionId: string;
      readonly name?: string | undefined;
      readonly channelIds?: readonly string[] | undefined;
      readonly teamIds?: readonly string[] | undefined;
      readonly archived?: true | undefined;
    },
  ) {
    super();
  }
}

/** The answer's first event holds the new `replyId`. */
export class AddSavedReply extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly collectionId: string,
    readonly content: { readonly title: string; readonly shortcut: string; readonly text: string },
  ) {
    super();
  }
}

/** What is not named stays as it is. */
export class EditSavedReply extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly reply: { readonly collectionId: string; readonly replyId: string },
    readonly change: {
      readonly title?: string | undefined;
      readonly shortcut?: string | undefined;
      readonly text?: string | undefined;
    },
  ) {
    super();
  }
}

export class RemoveSavedReply extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly reply: { readonly collectionId: string; readonly replyId: string },
  ) {
    super();
  }
}

@CommandHandler(CreateCollection)
export class CreateCollectionHandler implements ICommandHandler<CreateCollection> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, collection: { name, personal, ...shared } }: CreateCollection) {
    const collectionId = this.ids.derivedUuid('saved-reply-collection', header.commandId);
    const sharing = sharingFacts(this.views, shared);
    const command = { ...header, type: 'CreateCollection', collectionId, name, personal, sharing } as const;
    return this.runner.run(collectionDecider, collectionStream(collectionId), command, options);
  }
}

@CommandHandler(ChangeCollection)
export class ChangeCollectionHandler implements ICommandHandler<ChangeCollection> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, change }: ChangeCollection): Promise<Result> {
    const { collectionId, name, channelIds, teamIds, archived } = change;
    const sharing = sharingChange(this.views, { channelIds, teamIds });
    const command = {
      ...header,
      type: 'ChangeCollection',
      ...(name !== undefined && { name }),
      ...(sharing && { sharing }),
      ...(archived && { archived }),
    } as const;
    return this.runner.run(collectionDecider, collectionStream(collectionId), command, options);
  }
}

@CommandHandler(AddSavedReply)
export class AddSavedReplyHandler implements ICommandHandler<AddSavedReply> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.Ids) private readonly ids: Ids,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, collectionId, content }: AddSavedReply): Promise<Result> {
    const replyId = this.ids.derivedUuid('saved-reply', header.commandId);
    const facts = contentFacts(this.views, content.text);
    const command = { ...header, type: 'AddReply', replyId, ...content, ...facts } as const;
    return this.runner.run(collectionDecider, collectionStream(collectionId), command, options);
  }
}

@CommandHandler(EditSavedReply)
export class EditSavedReplyHandler implements ICommandHandler<EditSavedReply> {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  execute({ origin: { header, options }, reply: { collectionId, replyId }, change }: EditSavedReply): Promise<Result> {
    const { title, shortcut, text } = change;
    const command = {
      ...header,
      type: 'EditReply',
      replyId,
      ...(title !== undefined && { title }),
      ...(shortcut !== undefined && { shortcut }),
      ...(text !== undefined && { text, ...contentFacts(this.views, text) }),
    } as const;
    return this.runner.run(collectionDecider, collectionStream(collectionId), command, options);
  }
}

@CommandHandler(RemoveSavedReply)
export class RemoveSavedReplyHandler implements ICommandHandler<RemoveSavedReply> {
  constructor(@Inject(Port.CommandRunner) private readonly runner: CommandRunner) {}

  execute({ origin: { header, options }, reply: { collectionId, replyId } }: RemoveSavedReply): Promise<Result> {
    const command = { ...header, type: 'RemoveReply', replyId } as const;
    return this.runner.run(collectionDecider, collectionStream(collectionId), command, options);
  }
}

export const collectionHandlers = [
  CreateCollectionHandler,
  ChangeCollectionHandler,
  AddSavedReplyHandler,
  EditSavedReplyHandler,
  RemoveSavedReplyHandler,
];
