import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '#event-sourcing';
import { commandHeader, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { DeliveryReport, ReportDelivery } from './commands.js';
import { outboundDecider } from './decide.js';
import { outboundEvents } from './events.js';
import type { OutboundEvent } from './events.js';

const { given } = scenariosOf(outboundDecider);
const message = { messageId: 'r1', conversationId: 'c.2', contactId: 'c', channelId: 'shop' };
const report = (said: DeliveryReport): ReportDelivery => ({
  ...commandHeader({ actor: { id: 'connector', role: 'service' }, at: '2026-03-02T10:00:00.000Z' }),
  type: 'ReportDelivery',
  ...message,
  report: said,
});
const queued: OutboundEvent = { type: 'MessageQueued', data: message };
const handed: OutboundEvent = { type: 'MessageHandedToChannel', data: { ...message, externalMessageId: 'wamid.1' } };
const delivered: OutboundEvent = { type: 'MessageDelivered', data: message };
const read: OutboundEvent = { type: 'MessageRead', data: message };
const failed: OutboundEvent = { type: 'MessageFailed', data: { ...message, reason: 'unknown number' } };

describe('the delivery of a message', () => {
  it('CNV-5: begins with the first report and goes from state to state', () => {
    given([])
      .when(report({ state: 'handedToChannel', externalMessageId: 'wamid.1' }))
      .then([queued, handed]);
    given([queued, handed])
      .when(report({ state: 'delivered' }))
      .then([delivered]);
    given([queued, handed, delivered])
      .when(report({ state: 'read' }))
      .then([read]);
  });

  it('CNV-5: fails with the channel’s reason, but not once it was delivered', () => {
    given([queued, handed])
      .when(report({ state: 'failed', reason: 'unknown number' }))
      .then([failed]);
    given([queued, handed, delivered])
      .when(report({ state: 'failed', reason: 'unknown number' }))
      .then([]);
  });

  it('CNV-5: does not go back, whatever comes late or twice', () => {
    given([queued, handed, delivered, read])
      .when(report({ state: 'delivered' }))
      .then([]);
    given([queued, handed])
      .when(report({ state: 'handedToChannel' }))
      .then([]);
    given([queued, handed, failed])
      .when(report({ state: 'delivered' }))
      .then([]);
  });
});

describe('always', () => {
  const reports: fc.Arbitrary<DeliveryReport> = fc.constantFrom<DeliveryReport>(
    { state: 'handedToChannel' },
    { state: 'delivered' },
    { state: 'read' },
    { state: 'failed', reason: 'gone' },
  );
  testDeciderProperties({
    decider: outboundDecider,
    definitions: outboundEvents.definitions,
    commands: reports.map(report),
  });

  it('R3: reports repeated and in any order never end in both failed and delivered', () => {
    fc.assert(
      fc.property(fc.array(reports, { maxLength: 12 }), (said) => {
        const types = new Set<string>();
        let state = outboundDecider.initial;
        for (const one of said) {
          const decision = outboundDecider.decide(report(one), state);
          if (isRefusal(decision)) throw new Error('a report is never refused');
          for (const { type } of decision) types.add(type);
          state = decision.reduce(outboundDecider.evolve, state);
        }
        expect(types.has('MessageFailed') && (types.has('MessageDelivered') || types.has('MessageRead'))).toBe(false);
      }),
    );
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, outboundEvents.definitions);
});
