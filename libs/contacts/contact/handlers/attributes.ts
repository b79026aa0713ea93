import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { attributeDirectory, findAttribute, vipEnabled } from '#attributes/attributes';
import type { Origin } from '#event-sourcing';
import type { NamedSource } from '../source.js';
import { wantedValue } from '../wanted-value.js';
import type { ContactResult } from '../neighbours.js';
import { ContactCommands } from './contact-commands.js';

export class SetAttribute extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: {
      readonly contactId: string;
      readonly alias: string;
      readonly value: unknown;
      /** As a service names it; `undefined`: what the sender's values come from. */
      readonly source: NamedSource | undefined;
    },
  ) {
    super();
  }
}

@CommandHandler(SetAttribute)
export class SetAttributeHandler implements ICommandHandler<SetAttribute> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data: { contactId, alias, value, source } }: SetAttribute): Promise<ContactResult> {
    const { views, ids } = this.contacts;
    const catalogue = views.read(attributeDirectory);
    const wanted = wantedValue({ name: alias, value }, { catalogue, ids });
    const facts = {
      ...(await this.contacts.facts(origin, contactId)),
      ...(source && { source }),
      vipEnabled: vipEnabled(catalogue),
    };
    return this.contacts.run(origin, { ...facts, type: 'SetAttribute', contactId, ...wanted });
  }
}

export class ClearAttribute extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string; readonly alias: string },
  ) {
    super();
  }
}

@CommandHandler(ClearAttribute)
export class ClearAttributeHandler implements ICommandHandler<ClearAttribute> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data: { contactId, alias } }: ClearAttribute): Promise<ContactResult> {
    const definition = findAttribute(this.contacts.views.read(attributeDirectory), alias);
    const facts = { ...(await this.contacts.facts(origin, contactId)), name: alias, definition };
    return this.contacts.run(origin, { ...facts, type: 'ClearAttribute', contactId });
  }
}

export class MarkVip extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string },
  ) {
    super();
  }
}

@CommandHandler(MarkVip)
export class MarkVipHandler implements ICommandHandler<MarkVip> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: MarkVip): Promise<ContactResult> {
    const enabled = vipEnabled(this.contacts.views.read(attributeDirectory));
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'MarkVip',
      vipEnabled: enabled,
      ...data,
    });
  }
}

export class UnmarkVip extends Command<ContactResult> {
  constructor(
    readonly origin: Origin,
    readonly data: { readonly contactId: string },
  ) {
    super();
  }
}

@CommandHandler(UnmarkVip)
export class UnmarkVipHandler implements ICommandHandler<UnmarkVip> {
  constructor(@Inject(ContactCommands) private readonly contacts: ContactCommands) {}

  async execute({ origin, data }: UnmarkVip): Promise<ContactResult> {
    return this.contacts.run(origin, {
      ...(await this.contacts.facts(origin, data.contactId)),
      type: 'UnmarkVip',
      ...data,
    });
  }
}
