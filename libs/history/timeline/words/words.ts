import type { Medium } from '#channels/channel';
import type { DomainEvent } from '#event-sourcing';
import type { Names } from '../names.js';

/** A value that an event writes, under a name by which the same value of another event is known. */
export interface Written {
  /** `name`, `attribute tier`, `assigned user`. */
  readonly of: string;
  /** `null`: nothing from now on. */
  readonly value: unknown;
  /** What was there before, where the event itself says so. */
  readonly before?: unknown;
}

/** Where an event happened. Who does not reach it does not get to know what happened. */
export type Place =
  | { readonly channelId: string }
  /** Whoever reaches a channel on which this identity was met. */
  | { readonly identityKey: string }
  /** Whoever sees an identity on this medium, unless the attribute is switched off for them. */
  | { readonly alias: string; readonly medium?: Medium | undefined };

/**
 * How an event type reads in a timeline. Methods, because a table of all types is asked with an event whose type is
 * only known when it is read.
 */
export interface Words<E extends DomainEvent> {
  /** In the past tense, after the name of who did it: "renamed the contact". Says nothing that `text` or `writes` says. */
  did(data: E['data'], names: Names): string;
  /** What somebody wrote, word by word. */
  text?(data: E['data']): unknown;
  writes?(data: E['data']): readonly Written[];
  /** Not there: as visible as the contact or conversation. */
  place?(data: E['data']): Place;
  /** A message is shown as a line without text to who does not reach its place; anything else is not shown to them. */
  readonly isMessage?: true;
}

export type WordsTable<E extends DomainEvent> = {
  readonly [Type in E['type']]: Words<Extract<E, { readonly type: Type }>>;
};
