import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, channelAccessOf } from '#access/user';
import { contactFacts, seesContact } from '#contacts/contact';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, LiveViews, Origin } from '#event-sourcing';
import { linkDecider } from './decide.js';
import type { LinkCommand, LinkRefusal } from './decide.js';
import { linkStream } from './events.js';
import type { LinkEvent } from './events.js';

type Result = CommandResult<LinkEvent, LinkRefusal>;
interface Pair {
  readonly contactId: string;
  readonly otherId: string;
}

export class LinkContacts extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly pair: Pair,
  ) {
    super();
  }
}

export class DissolveLink extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly pair: Pair,
  ) {
    super();
  }
}

/** Looks up both contacts, and the way to the pair's stream. */
@Injectable()
export class LinkCommands {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  async run({ header, options }: Origin, type: LinkCommand['type'], pair: Pair): Promise<Result> {
    const channels = channelAccessOf(this.views.read(accessDirectory), header.actor);
    const viewer = { userId: header.actor.id, channels };
    const both = [pair.contactId, pair.otherId].map((id) => contactFacts(this.runner, id, { fresh: true }));
    const facts = await Promise.all(both);
    if (facts.some(({ phase }) => phase === 'deleting')) {
      return { accepted: false, refusal: { code: 'contact-deleted' }, revision: -1 };
    }
    const seesBoth = facts.every((contact) => contact.phase === 'known' && seesContact(contact, viewer));
    const stream = linkStream(pair.contactId, pair.otherId);
    return this.runner.run(linkDecider, stream, { ...header, type, ...pair, seesBoth }, options);
  }
}

@CommandHandler(LinkContacts)
export class LinkContactsHandler implements ICommandHandler<LinkContacts> {
  constructor(@Inject(LinkCommands) private readonly links: LinkCommands) {}

  execute({ origin, pair }: LinkContacts): Promise<Result> {
    return this.links.run(origin, 'LinkContacts', pair);
  }
}

@CommandHandler(DissolveLink)
export class DissolveLinkHandler implements ICommandHandler<DissolveLink> {
  constructor(@Inject(LinkCommands) private readonly links: LinkCommands) {}

  execute({ origin, pair }: DissolveLink): Promise<Result> {
    return this.links.run(origin, 'DissolveLink', pair);
  }
}

export const linkHandlers = [LinkCommands, LinkContactsHandler, DissolveLinkHandler];
