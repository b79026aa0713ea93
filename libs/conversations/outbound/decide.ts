import type { Decider } from '#event-sourcing';
import type { ReportDelivery } from './commands.js';
import type { OutboundEvent } from './events.js';
import { deliveryStates, evolve, initial } from './state.js';
import type { OutboundState } from './state.js';

/**
 * The way of one outgoing message (CNV-5). Channels report late, twice and in any order: what the message is past, it
 * does not go back to, and what was delivered has not failed.
 */
export const outboundDecider: Decider<ReportDelivery, OutboundEvent, OutboundState, never> = {
  initial,
  evolve,
  decide(command, state) {
    if (!isNews(command.report.state, state)) return [];
    const { messageId, conversationId, contactId, channelId } = command;
    const message = { messageId, conversationId, contactId, channelId };
    const queued: OutboundEvent = { type: 'MessageQueued', data: message };
    const reported = reportedAs(command);
    return state === undefined ? [queued, reported] : [reported];
  },
};

function isNews(reported: ReportDelivery['report']['state'], state: OutboundState): boolean {
  if (state === undefined) return true;
  if (state === 'failed') return false;
  if (reported === 'failed') return state === 'queued' || state === 'handedToChannel';
  return deliveryStates.indexOf(reported) > deliveryStates.indexOf(state);
}

function reportedAs({ messageId, conversationId, contactId, channelId, report }: ReportDelivery): OutboundEvent {
  const message = { messageId, conversationId, contactId, channelId };
  switch (report.state) {
    case 'handedToChannel': {
      const { externalMessageId } = report;
      const data = { ...message, ...(externalMessageId !== undefined && { externalMessageId }) };
      return { type: 'MessageHandedToChannel', data };
    }
    case 'delivered':
      return { type: 'MessageDelivered', data: message };
    case 'read':
      return { type: 'MessageRead', data: message };
    case 'failed':
      return { type: 'MessageFailed', data: { ...message, reason: report.reason } };
  }
}
