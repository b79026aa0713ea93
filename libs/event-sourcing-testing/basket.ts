import { createCatalogue, defineEvent, field, kernelEvents, personal } from '#event-sourcing';
import type { Command, Decider, DomainEvent, EventMetadata, EventToAppend } from '#event-sourcing';

/** A small aggregate that the kernel and the event store's adapters are tested with. */
export type ItemAdded = DomainEvent<'ItemAdded', { readonly item: string; readonly count: number }>;
export type BasketClosed = DomainEvent<'BasketClosed', { readonly owner: string; readonly greeting?: string }>;
export type BasketEvent = ItemAdded | BasketClosed;

export type AddItem = Command<'AddItem', { readonly item: string; readonly count: number }>;
/** Wants the item to be in the basket; nothing happens when it is. */
export type EnsureItem = Command<'EnsureItem', { readonly item: string }>;
export type CloseBasket = Command<'CloseBasket', { readonly owner: string; readonly greeting: string }>;
export type BasketCommand = AddItem | EnsureItem | CloseBasket;

export interface BasketRefusal {
  readonly code: 'basket-closed';
  readonly items: number;
}

export interface Basket {
  readonly items: Readonly<Record<string, number>>;
  readonly closed: boolean;
}

export const basketDefinitions = [
  defineEvent<ItemAdded>({
    type: 'ItemAdded',
    version: 1,
    sentence: 'Somebody put so many of an item into the basket.',
    fields: { item: field('code'), count: field('number') },
  }),
  defineEvent<BasketClosed>({
    type: 'BasketClosed',
    version: 1,
    sentence: 'The basket was handed over; nothing goes in any more.',
    fields: { owner: field('id'), greeting: personal('owner', 'text', { optional: true }) },
  }),
];

export const basketCatalogue = createCatalogue([
  kernelEvents,
  { categories: ['basket', 'baskets'], definitions: basketDefinitions },
]);

export const basket: Decider<BasketCommand, BasketEvent, Basket, BasketRefusal> = {
  initial: { items: {}, closed: false },
  evolve(state, event) {
    switch (event.type) {
      case 'ItemAdded': {
        const { item, count } = event.data;
        return { ...state, items: { ...state.items, [item]: (state.items[item] ?? 0) + count } };
      }
      case 'BasketClosed':
        return { ...state, closed: true };
    }
  },
  decide(command, state) {
    if (state.closed) return { code: 'basket-closed', items: Object.keys(state.items).length };
    switch (command.type) {
      case 'AddItem':
        return [{ type: 'ItemAdded', data: { item: command.item, count: command.count } }];
      case 'EnsureItem':
        return command.item in state.items ? [] : [{ type: 'ItemAdded', data: { item: command.item, count: 1 } }];
      case 'CloseBasket':
        return [{ type: 'BasketClosed', data: { owner: command.owner, greeting: command.greeting } }];
    }
  },
};

const at = '2026-03-02T09:00:00.000Z';

/** A command's header whose hash belongs to its id, as long as no test says otherwise. */
export function basketHeader(commandId: string): Omit<AddItem, 'type' | 'item' | 'count'> {
  const actor = { id: 'user-1', role: 'agent' } as const;
  return {
    commandId,
    commandHash: `hash of ${commandId}`,
    correlationId: commandId,
    causationId: commandId,
    actor,
    at,
  };
}

export const addItem = (commandId: string, item = 'pen', count = 1): AddItem => ({
  ...basketHeader(commandId),
  type: 'AddItem',
  item,
  count,
});

export const ensureItem = (commandId: string, item = 'pen'): EnsureItem => ({
  ...basketHeader(commandId),
  type: 'EnsureItem',
  item,
});

export const closeBasket = (commandId: string): CloseBasket => ({
  ...basketHeader(commandId),
  type: 'CloseBasket',
  owner: 'contact-1',
  greeting: 'with love',
});

/** An `ItemAdded` as a writer hands it to the store; `number` makes its id. */
export function itemToAppend(number: number, item = 'pen'): EventToAppend {
  const metadata: EventMetadata = { ...basketHeader(`command-${number}`), schemaVersion: 1 };
  return { id: eventId(number), type: 'ItemAdded', data: { item, count: number }, metadata };
}

export const eventId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
