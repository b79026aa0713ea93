import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { TeamCommand } from './commands.js';
import { teamDecider } from './decide.js';
import { teamEvents } from './events.js';
import type { TeamEvent } from './events.js';

const { given } = scenariosOf(teamDecider);
const header = commandHeader();
const teamId = 't1';
const create: TeamCommand = { ...header, type: 'CreateTeam', teamId, name: 'Returns' };
const rename = (name: string): TeamCommand => ({ ...header, type: 'RenameTeam', name });
const archive: TeamCommand = { ...header, type: 'ArchiveTeam' };
const members = (...userIds: string[]): TeamCommand => ({
  ...header,
  type: 'ReplaceTeamMembers',
  userIds,
  knownUsers: new Set(['ann', 'bob', 'cem']),
});
const channels = (...channelIds: string[]): TeamCommand => ({
  ...header,
  type: 'ReplaceTeamChannels',
  channelIds,
  knownChannels: new Set(['shop', 'desk', 'mail']),
});
const turn = (conversationId: string, ...candidates: string[]): TeamCommand => ({
  ...header,
  type: 'GiveTurn',
  conversationId,
  candidates,
});
const turnOf = (userId: string, conversationId: string): TeamEvent => ({
  type: 'TurnGiven',
  data: { teamId, userId, conversationId },
});
const created: TeamEvent = { type: 'TeamCreated', data: { teamId, name: 'Returns' } };
const archived: TeamEvent = { type: 'TeamArchived', data: { teamId } };
const added = (userId: string): TeamEvent => ({ type: 'TeamMemberAdded', data: { teamId, userId } });
const granted = (channelId: string): TeamEvent => ({ type: 'TeamChannelAccessGranted', data: { teamId, channelId } });

describe('a team', () => {
  it('ASG-6: is created once and can be renamed', () => {
    given([]).when(create).then([created]);
    given([created]).when(create).then([]);
    given([created])
      .when(rename('Refunds'))
      .then([{ type: 'TeamRenamed', data: { teamId, name: 'Refunds' } }]);
    given([created]).when(rename('Returns')).then([]);
  });

  it('ASG-6: has exactly the members that are named', () => {
    given([created, added('ann'), added('bob')])
      .when(members('bob', 'cem', 'cem'))
      .then([added('cem'), { type: 'TeamMemberRemoved', data: { teamId, userId: 'ann' } }]);
    given([created]).when(members('bob', 'zoe')).then({ code: 'unknown-user', userId: 'zoe' });
  });

  it('ASG-6: gives access to exactly the channels that are named', () => {
    given([created, granted('shop')])
      .when(channels('desk'))
      .then([granted('desk'), { type: 'TeamChannelAccessRevoked', data: { teamId, channelId: 'shop' } }]);
    given([created]).when(channels('fax')).then({ code: 'unknown-channel', channelId: 'fax' });
  });

  it('ASG-7: gives turns in the order in which its members came, past those who cannot be given anything', () => {
    const row = [created, added('ann'), added('bob'), added('cem')] as const;
    given([...row])
      .when(turn('k.1', 'bob', 'ann'))
      .then([turnOf('ann', 'k.1')]);
    given([...row, turnOf('ann', 'k.1')])
      .when(turn('k.2', 'ann', 'cem'))
      .then([turnOf('cem', 'k.2')]);
    given([...row, turnOf('cem', 'k.1')])
      .when(turn('k.2', 'bob', 'cem'))
      .then([turnOf('bob', 'k.2')]);
    given([...row, turnOf('ann', 'k.1')])
      .when(turn('k.2', 'ann'))
      .then([turnOf('ann', 'k.2')]);
    given([...row])
      .when(turn('k.1', 'zoe'))
      .then([]);
  });

  it('ASG-7: a turn stands until who has it cannot be given the conversation', () => {
    const row = [created, added('ann'), added('bob'), turnOf('ann', 'k.1')] as const;
    given([...row])
      .when(turn('k.1', 'ann', 'bob'))
      .then([]);
    given([...row])
      .when(turn('k.1', 'bob'))
      .then([turnOf('bob', 'k.1')]);
  });

  it('ASG-6: changes no more once it is archived', () => {
    given([created]).when(archive).then([archived]);
    given([created, archived]).when(archive).then([]);
    for (const command of [rename('Refunds'), members('ann'), channels('shop')]) {
      given([created, archived]).when(command).then({ code: 'team-archived' });
    }
  });

  it('ASG-6: has to be there', () => {
    for (const command of [rename('Refunds'), archive, members(), channels()]) {
      given([]).when(command).then({ code: 'not-found' });
    }
  });

  testDeciderProperties({
    decider: teamDecider,
    definitions: teamEvents.definitions,
    commands: fc.oneof(
      fc.constantFrom(create, archive),
      fc.string().map(rename),
      fc.subarray(['ann', 'bob', 'zoe']).map((userIds) => members(...userIds)),
      fc
        .tuple(fc.constantFrom('k.1', 'k.2'), fc.subarray(['ann', 'bob', 'zoe']))
        .map(([conversationId, candidates]) => turn(conversationId, ...candidates)),
      fc.subarray(['shop', 'desk', 'fax']).map((channelIds) => channels(...channelIds)),
    ),
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, teamEvents.definitions);
});
