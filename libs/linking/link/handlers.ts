import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, channelAccessOf } from '#access/user';
import { primaryFacts, seesContact } from '#contacts/contact';
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

const refused = (refusal: LinkRefusal): Result => ({ accepted: false, refusal, revision: -1 });

/** Looks up who speaks for each of the two since merges (CON-5), and the way to the pair's stream. */
@Injectable()
export class LinkCommands {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  async run({ header, options }: Origin, type: LinkCommand['type'], pair: Pair): Promise<Result> {
    const channels = channelAccessOf(this.views.read(accessDirectory), header.actor);
    const viewer = { userId: header.actor.id, channels };
    const find = (id: string) => primaryFacts(this.runner, id, { fresh: true });
    const facts = await Promise.all([find(pair.contactId), find(pair.otherId)]);
    if (facts.some(({ phase }) => phase === 'deleting')) return refused({ code: 'contact-deleted' });
    const seesBoth = facts.every((contact) => contact.phase === 'known' && seesContact(contact, viewer));
    const [{ contactId }, { contactId: otherId }] = facts;
    if (seesBoth && contactId !== pair.contactId) {
      return refused({ code: 'contact-merged', contactId: pair.contactId, primaryId: contactId });
    }
    const command = { ...header, type, contactId, otherId, seesBoth };
    return this.runner.run(linkDecider, linkStream(contactId, otherId), command, options);
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
