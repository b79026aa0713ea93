import { Inject, Injectable } from '@nestjs/common';
import { accessDirectory, channelAccessOf } from '#access/user';
import { Port } from '#event-sourcing';
import type { CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import type { ContactCommand } from '../commands.js';
import { mergedFacts } from '../merged-facts.js';
import { runOnContact } from '../neighbours.js';
import type { ContactResult } from '../neighbours.js';
import { sourceOf } from '../source.js';

/** The facts of a contact command, and the way to its stream. */
@Injectable()
export class ContactCommands {
  constructor(
    @Inject(Port.CommandRunner) readonly runner: CommandRunner,
    @Inject(Port.LiveViews) readonly views: LiveViews,
    @Inject(Port.Ids) readonly ids: Ids,
  ) {}

  /** Who sends it, what they may touch, what their values come from; what was merged into the contact counts. */
  async facts(
    { header }: Origin,
    contactId: string,
  ): Promise<
    Origin['header'] & Pick<Extract<ContactCommand, { type: 'SetAttribute' }>, 'access' | 'source' | 'borrowed'>
  > {
    const access = channelAccessOf(this.views.read(accessDirectory), header.actor);
    const merged = await mergedFacts(this.runner, contactId, access);
    return { ...header, source: sourceOf(header.actor), ...merged };
  }

  run(origin: Origin, command: ContactCommand): Promise<ContactResult> {
    return runOnContact(this.runner, command, origin.options);
  }
}
