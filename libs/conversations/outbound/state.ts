import type { OutboundEvent } from './events.js';

/** In the order in which a message goes through them; `failed` comes instead of `delivered` and `read`. */
export const deliveryStates = ['queued', 'handedToChannel', 'delivered', 'read', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** `undefined`: nothing was reported yet. */
export type OutboundState = DeliveryState | undefined;

export const initial: OutboundState = undefined;

const states: Readonly<Record<OutboundEvent['type'], DeliveryState>> = {
  MessageQueued: 'queued',
  MessageHandedToChannel: 'handedToChannel',
  MessageDelivered: 'delivered',
  MessageRead: 'read',
  MessageFailed: 'failed',
};

export function evolve(_state: OutboundState, event: OutboundEvent): OutboundState {
  return states[event.type];
}
