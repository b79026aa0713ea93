import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { groupDirectory, vipGroupId } from '#contact-groups/groups';
import { Port } from '#event-sourcing';
import type { CommandResult, CommandRunner, Ids, LiveViews, Origin } from '#event-sourcing';
import { topicsDirectory } from '#topics/topics';
import type { GivenTerms, Nameable, RoutingCommand } from './commands.js';
import { routingDecider } from './decide.js';
import { routingStream } from './events.js';
import type { RoutingEvent, RoutingTarget } from './events.js';
import type { RoutingRefusal } from './refusals.js';

type Result = CommandResult<RoutingEvent, RoutingRefusal>;

/** The answer's first event holds the new `ruleId`. */
export class AddRoutingRule extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly rule: { readonly name: string | undefined; readonly when: GivenTerms; readonly to: RoutingTarget },
  ) {
    super();
  }
}

/** What is `undefined` stays as it is. */
export class ChangeRoutingRule extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly change: {
      readonly ruleId: string;
      readonly name: string | undefined;
      readonly when: GivenTerms | undefined;
      readonly to: RoutingTarget | undefined;
    },
  ) {
    super();
  }
}

/** Puts these first, in this order. */
export class ReorderRoutingRules extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly ruleIds: readonly string[],
  ) {
    super();
  }
}

export class ArchiveRoutingRule extends Command<Result> {
  constructor(
    readonly origin: Origin,
    readonly ruleId: string,
  ) {
    super();
  }
}

/** What rules may name, and the way to the stream. */
@Injectable()
export class RoutingCommands {
  constructor(
    @Inject(Port.CommandRunner) private readonly runner: CommandRunner,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Ids) readonly ids: Ids,
  ) {}

  nameable(): Nameable {
    const { users, teams } = this.views.read(accessDirectory);
    const channels = new Set(this.views.read(channelDirectory).keys());
    const groups = [...this.views.read(groupDirectory)].filter(([, { archived }]) => !archived);
    const topics = [...this.views.read(topicsDirectory)].filter(([, { archived }]) => !archived);
    return {
      channels,
      groups: new Set([vipGroupId, ...groups.map(([groupId]) => groupId)]),
      topics: new Set(topics.map(([topicId]) => topicId)),
      users: new Set([...users.values()].filter(({ active }) => active).map(({ userId }) => userId)),
      teams: new Set([...teams.values()].filter(({ archived }) => !archived).map(({ teamId }) => teamId)),
      conditions: { catalogue: this.views.read(attributeDirectory), channelIds: channels },
    };
  }

  run({ options }: Origin, command: RoutingCommand): Promise<Result> {
    return this.runner.run(routingDecider, routingStream, command, options);
  }
}

@CommandHandler(AddRoutingRule)
export class AddRoutingRuleHandler implements ICommandHandler<AddRoutingRule> {
  constructor(@Inject(RoutingCommands) private readonly routing: RoutingCommands) {}

  execute({ origin, rule }: AddRoutingRule): Promise<Result> {
    const ruleId = this.routing.ids.derivedUuid('routing-rule', origin.header.commandId);
    const content = { ruleId, ...rule, nameable: this.routing.nameable() };
    return this.routing.run(origin, { ...origin.header, type: 'AddRoutingRule', ...content });
  }
}

@CommandHandler(ChangeRoutingRule)
export class ChangeRoutingRuleHandler implements ICommandHandler<ChangeRoutingRule> {
  constructor(@Inject(RoutingCommands) private readonly routing: RoutingCommands) {}

  execute({ origin, change }: ChangeRoutingRule): Promise<Result> {
    const content = { ...change, nameable: this.routing.nameable() };
    return this.routing.run(origin, { ...origin.header, type: 'ChangeRoutingRule', ...content });
  }
}

@CommandHandler(ReorderRoutingRules)
export class ReorderRoutingRulesHandler implements ICommandHandler<ReorderRoutingRules> {
  constructor(@Inject(RoutingCommands) private readonly routing: RoutingCommands) {}

  execute({ origin, ruleIds }: ReorderRoutingRules): Promise<Result> {
    return this.routing.run(origin, { ...origin.header, type: 'ReorderRoutingRules', ruleIds });
  }
}

@CommandHandler(ArchiveRoutingRule)
export class ArchiveRoutingRuleHandler implements ICommandHandler<ArchiveRoutingRule> {
  constructor(@Inject(RoutingCommands) private readonly routing: RoutingCommands) {}

  execute({ origin, ruleId }: ArchiveRoutingRule): Promise<Result> {
    return this.routing.run(origin, { ...origin.header, type: 'ArchiveRoutingRule', ruleId });
  }
}

export const routingHandlers = [
  RoutingCommands,
  AddRoutingRuleHandler,
  ChangeRoutingRuleHandler,
  ReorderRoutingRulesHandler,
  ArchiveRoutingRuleHandler,
];
