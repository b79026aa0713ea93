import { Overloaded, PreconditionFailed } from '#event-sourcing';
import type { CommandHeader, Position } from '#event-sourcing';
import { newestLink, nextOpening, openingAfter } from '../chain/index.js';
import type { DivideConversation, GiveBackMessages, SealChain } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import type { GivenBack } from '../conversation/events/merging.js';
import type { MovedIdentity, Recipient } from '../conversation/events/of-conversation.js';
import { placeOf } from './hand-over.js';
import type { MergeOfChains, MergingPorts } from './hand-over.js';
import { allOf, earliest, only, readTalk } from './talk.js';
import type { Share, Talk } from './talk.js';

/** An undone merge as the conversations see it. */
export interface UndoneMerge extends MergeOfChains {
  /** The secondary, and what was merged into it before: whose messages go back. */
  readonly subjectIds: readonly string[];
  /** Where the claims of their identities stand since they went back. */
  readonly moved: readonly MovedIdentity[];
  /** Where in the log, and when, the merge came into force. */
  readonly since: { readonly position: Position; readonly at: string };
}

const mostRaces = 20;

/**
 * CON-5: messages that came or went through the secondary's identities belong to the secondary again, and so does the
 * waiting for an answer to them. Anyone may do it, any number of times; answers the position at which it is done.
 */
export async function giveBackConversations(
  ports: MergingPorts,
  header: CommandHeader,
  merge: UndoneMerge,
): Promise<Position> {
  const divided = await keepOut(ports, header, merge);
  const { from, waiting, ...found } = await collect(ports, merge);
  if (from.length === 0 && waiting.length === 0) return divided;
  const address = found.address ?? (await lastAddress(ports, merge));
  if (!address) return divided;
  const back = await putBack(ports, header, merge, { from, waiting, address });
  return Math.max(divided, back);
}

/**
 * From here on nothing of the secondary's comes into the primary's conversations, also from a process that read the
 * claim of an identity before it went back: it meets the division of the open conversation, or a seal.
 */
async function keepOut(
  { runner, ids, chains, store }: MergingPorts,
  given: CommandHeader,
  { mergeId, primaryId, subjectIds, moved }: UndoneMerge,
): Promise<Position> {
  const step = (name: string, number: number): CommandHeader => {
    const commandId = ids.derivedUuid('undo-merge', name, mergeId, String(number));
    return { ...given, commandId, commandHash: commandId };
  };
  const sealId = `${mergeId}-undone`;
  for (let race = 0; race < mostRaces; race++) {
    const head = await chains.head(primaryId, { fresh: true });
    if (head.kind === 'gone') return 0;
    const newest = newestLink(head);
    if (newest?.phase === 'open') {
      const { conversationId, number } = newest;
      const talk = await readTalk(store, conversationId);
      if (!talk) continue;
      const stays = whatStays(talk, subjectIds);
      const content = { mergeId, subjectIds, moved, stays };
      const command: DivideConversation = { ...step('divide', number), type: 'DivideConversation', ...content };
      const stream = conversationStream(conversationId);
      try {
        const result = await runner.run(conversationDecider, stream, command, { ifRevision: talk.revision });
        if (result.accepted) return result.position;
      } catch (fault) {
        // Somebody wrote meanwhile: look again at what stays.
        if (!(fault instanceof PreconditionFailed)) throw fault;
      }
    } else {
      const opening = openingAfter(primaryId, newest);
      const content = { by: 'merge', sealId, ...opening, moved: [...opening.moved, ...moved] } as const;
      const command: SealChain = { ...step('seal', opening.number), type: 'SealChain', ...content };
      if (newest?.phase === 'sealed' && newest.sealId === sealId) return 0;
      const result = await runner.run(conversationDecider, conversationStream(opening.conversationId), command);
      if (result.accepted) return result.position;
    }
  }
  throw new Overloaded(`the conversations of contact ${primaryId}`);
}

/** What is left of the open conversation for the primary; `undefined`: nothing, it was the secondary's alone. */
function whatStays(talk: Talk, subjectIds: readonly string[]): DivideConversation['stays'] {
  const left = allOf(only(talk, (id) => !subjectIds.includes(id)));
  const [subjectId, share] = left.findLast(([, { address }]) => address) ?? [];
  if (subjectId === undefined || !share?.address) return undefined;
  const waitingSince = earliest(left.map(([, one]) => one.waitingSince));
  return {
    channelIds: [...new Set(left.flatMap(([, { channelIds }]) => channelIds))],
    current: { ...share.address, subjectId },
    ...(waitingSince !== undefined && { waitingSince }),
  };
}

interface Collected {
  readonly from: readonly GivenBack[];
  /** Each of them: what is given back may be given on, and they part. */
  readonly waiting: GiveBackMessages['waiting'];
  /** Where the newest of it came from or went. */
  readonly address: Recipient | undefined;
}

/** What of the primary's conversations since the merge is the secondary's, also where it lies by an earlier undoing. */
async function collect(
  { store, chains }: MergingPorts,
  { mergeId, primaryId, subjectIds, since }: UndoneMerge,
): Promise<Collected> {
  const head = await chains.head(primaryId, { fresh: true });
  const from: GivenBack[] = [];
  const waiting: Collected['waiting'][number][] = [];
  let address: Recipient | undefined;
  for (let number = head.kind === 'gone' ? 0 : (newestLink(head)?.number ?? 0); number > 0; number--) {
    const before = { subjectIds, position: since.position };
    const talk = await readTalk(store, conversationIdOf(primaryId, number), before);
    if (!talk) continue;
    const back = talk.givenBack.get(mergeId);
    const theirs = only(back ?? talk, (id) => subjectIds.includes(id));
    for (const [subjectId, share] of [
      ...theirs.shares,
      ...theirs.lent.toReversed().flatMap(({ shares }) => [...shares]),
    ]) {
      address ??= share.address && { ...share.address, subjectId };
      if (back && share.waitingSince !== undefined) waiting.push({ subjectId, waitingSince: share.waitingSince });
    }
    const left = channelsOf(allOf(only(talk, (id) => !subjectIds.includes(id))));
    const given = ({ shares, ...place }: { readonly shares: Talk['shares']; readonly liesIn?: string }) => {
      const messages = [...shares.values()].reduce((sum, share) => sum + share.messages, 0);
      const conversationId = conversationIdOf(primaryId, number);
      return messages > 0 ? [{ conversationId, ...place, messages, channelIds: channelsOf([...shares]), left }] : [];
    };
    // What an earlier undoing gave to this conversation had been written before anything in it.
    from.unshift(...theirs.lent.flatMap(given), ...given({ shares: theirs.shares }));
    if (talk.openedAt < since.position) break;
  }
  return { from, waiting, address };
}

/** Where the secondary wrote from before the merge: it may have waited then, and not written since. */
async function lastAddress(
  { store, chains }: MergingPorts,
  { secondaryId }: UndoneMerge,
): Promise<Recipient | undefined> {
  const head = await chains.head(secondaryId, { fresh: true });
  for (let number = head.kind === 'gone' ? 0 : (newestLink(head)?.number ?? 0); number > 0; number--) {
    const talk = await readTalk(store, conversationIdOf(secondaryId, number));
    for (const [subjectId, { address }] of talk?.shares ?? []) if (address) return { ...address, subjectId };
  }
  return undefined;
}

const channelsOf = (shares: readonly (readonly [string, Share])[]): string[] => [
  ...new Set(shares.flatMap(([, { channelIds }]) => channelIds)),
];

/** Into the secondary's open conversation, or one that is opened, and closed at once when nobody waits in it. */
async function putBack(
  { runner, ids, chains }: MergingPorts,
  given: CommandHeader,
  { mergeId, secondaryId, subjectIds, since }: UndoneMerge,
  { from, waiting, address }: Collected & { readonly address: Recipient },
): Promise<Position> {
  const commandId = ids.derivedUuid('give-back-messages', mergeId);
  const header = { ...given, commandId, commandHash: commandId };
  for (let race = 0; race < mostRaces; race++) {
    const head = await chains.head(secondaryId, { fresh: true });
    if (head.kind === 'gone') return 0;
    const newest = newestLink(head);
    const opening = newest?.phase === 'open' ? placeOf(newest) : await nextOpening(runner, secondaryId, head);
    if (typeof opening === 'string') return 0;
    const content = { ...opening, mergeId, since: since.at, subjectIds, from, address, waiting };
    const command: GiveBackMessages = { ...header, type: 'GiveBackMessages', ...content };
    for (const earlier of newest ? [newest.number, newest.number - 1] : []) {
      const stream = conversationStream(conversationIdOf(secondaryId, earlier));
      const settled = earlier > 0 ? await runner.settled(conversationDecider, stream, command) : undefined;
      if (settled?.accepted) return settled.position;
    }
    const result = await runner.run(conversationDecider, conversationStream(opening.conversationId), command);
    if (result.accepted) return result.position;
  }
  throw new Overloaded(`the conversations of contact ${secondaryId}`);
}
