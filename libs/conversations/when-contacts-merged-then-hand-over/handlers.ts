import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, channelAccessOf } from '#access/user';
import { findMerge, joinContacts, partContacts } from '#contacts/contact';
import type { MergeRefusal } from '#contacts/contact';
import { Port } from '#event-sourcing';
import type { EventStore, Origin, Position } from '#event-sourcing';
import { conversationPorts } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import { finishMerge, finishUndoing } from './finish.js';
import { whatStayed } from './since-merge.js';
import type { Stayed } from './since-merge.js';

interface Refused {
  readonly accepted: false;
  readonly refusal: MergeRefusal;
}

export type MergeResult =
  | { readonly accepted: true; readonly mergeId: string; readonly position: Position; readonly revision: number }
  | Refused;
export type UndoResult =
  | { readonly accepted: true; readonly stayed: Stayed; readonly position: Position; readonly revision: number }
  | Refused;

/** CON-5: merges a contact into another one; settled when everything has gone over. */
export class MergeContacts extends Command<MergeResult> {
  constructor(
    readonly origin: Origin,
    readonly merge: {
      readonly contactId: string;
      readonly secondaryId: string;
      /** Whose value stays, by attribute. */
      readonly winners: Readonly<Record<string, string>>;
    },
  ) {
    super();
  }
}

/** CON-5: gives both contacts back; settled when everything has gone back. */
export class UndoMerge extends Command<UndoResult> {
  constructor(
    readonly origin: Origin,
    readonly mergeId: string,
  ) {
    super();
  }
}

@CommandHandler(MergeContacts)
export class MergeContactsHandler implements ICommandHandler<MergeContacts> {
  constructor(
    @Inject(conversationPorts) private readonly ports: ConversationPorts,
    @Inject(Port.EventStore) private readonly store: EventStore,
  ) {}

  async execute({ origin, merge: { contactId, secondaryId, winners } }: MergeContacts): Promise<MergeResult> {
    const access = channelAccessOf(this.ports.views.read(accessDirectory), origin.header.actor);
    const chosen = Object.entries(winners).map(([alias, winner]) => ({ alias, contactId: winner }));
    const joined = await joinContacts(this.ports, origin, { contactId, secondaryId, winners: chosen, access });
    if (!joined.accepted) return joined;
    const { merge, revision } = joined;
    const finished = await finishMerge({ ...this.ports, store: this.store }, origin.header, merge);
    return { accepted: true, mergeId: merge.mergeId, position: Math.max(joined.position, finished), revision };
  }
}

@CommandHandler(UndoMerge)
export class UndoMergeHandler implements ICommandHandler<UndoMerge> {
  constructor(
    @Inject(conversationPorts) private readonly ports: ConversationPorts,
    @Inject(Port.EventStore) private readonly store: EventStore,
  ) {}

  async execute({ origin, mergeId }: UndoMerge): Promise<UndoResult> {
    const ports = { ...this.ports, store: this.store };
    const access = channelAccessOf(ports.views.read(accessDirectory), origin.header.actor);
    const begun = await findMerge(ports.runner, mergeId);
    // Whoever still moves something for the merge is ahead of its undoing by then, and not behind it.
    if (begun) await finishMerge(ports, origin.header, begun);
    const parted = await partContacts(ports, origin, { mergeId, access });
    if (!parted.accepted) return parted;
    const { merge, revision } = parted;
    const finished = await finishUndoing(ports, origin.header, merge);
    const stayed = await whatStayed(ports, merge);
    return { accepted: true, stayed, position: Math.max(parted.position, finished), revision };
  }
}

export const mergingHandlers = [MergeContactsHandler, UndoMergeHandler];
