import { describe, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import {
  assigned,
  close,
  closed,
  command,
  openByHand,
  opened,
  receive,
  received,
  service,
} from './conversation.fixtures.js';
import { conversationDecider } from './decide.js';

const { given } = scenariosOf(conversationDecider);
const open = [opened('message'), received('m1'), assigned('ann')];

describe('what closes it', () => {
  it('CNV-8: an automation or a bot’s RB_MARKDONE closes it through a service (door only)', () => {
    for (const onBehalfOf of ['automation', 'bot'] as const) {
      given(open)
        .when({ ...close({}), actor: service, onBehalfOf })
        .then([closed({}, onBehalfOf)]);
    }
  });

  it('CNV-8: merge, block, inactivity and rollover close what is open, and leave alone what is not', () => {
    for (const cause of ['merge', 'block', 'inactivity', 'rollover'] as const) {
      given(open)
        .when(command.closeAutomatically(cause))
        .then([closed({}, cause)]);
      given([...open, closed({})])
        .when(command.closeAutomatically(cause))
        .then([]);
      given([]).when(command.closeAutomatically(cause)).then([]);
    }
  });

  it('CNV-9: an automatic close asks for nothing, and takes the configured category if it can still be chosen', () => {
    given(open)
      .when(command.closeAutomatically('inactivity', { automaticCategoryId: 'k1' }))
      .then([closed({ categoryId: 'k1' }, 'inactivity')]);
    given(open)
      .when(command.closeAutomatically('inactivity', { automaticCategoryId: 'k9' }))
      .then([closed({}, 'inactivity')]);
    given(open)
      .when(command.closeAutomatically('inactivity', { automaticCategoryId: 'k1', mode: 'off' }))
      .then([closed({}, 'inactivity')]);
    given(open)
      .when({ ...close({ summary: 'done' }, 'both'), actor: service, onBehalfOf: 'bot' })
      .then([closed({ summary: 'done' }, 'bot')]);
  });

  it('CNV-8: what follows a rollover says what it continues', () => {
    given([])
      .when(receive('m1', { continues: 'c.1' }))
      .then([{ type: 'ConversationOpened', data: { ...opened('message').data, continues: 'c.1' } }, received('m1')]);
  });
});

describe('opening by an automation', () => {
  it('CNV-2: says so, and is nobody’s (door only)', () => {
    given([])
      .when({ ...openByHand(service), onBehalfOf: 'automation' })
      .then([opened('automation')]);
  });
});
