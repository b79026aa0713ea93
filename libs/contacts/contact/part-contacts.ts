import type { ChannelAccess } from '#access/user';
import type { CommandHeader, Origin, Position } from '#event-sourcing';
import { contactDecider } from './decide.js';
import { contactStream } from './events.js';
import { findMerge, refusedMerge } from './merge.js';
import type { Merge, MergeOutcome, MergePorts } from './merge.js';
import { mergedFacts } from './merged-facts.js';

/** CON-5: the newest merge of the primary is not in force any more; the secondary stands alone again. */
export async function partContacts(
  ports: MergePorts,
  { header, options }: Origin,
  { mergeId, access }: { readonly mergeId: string; readonly access: ChannelAccess },
): Promise<MergeOutcome> {
  const { runner } = ports;
  const merge = await findMerge(runner, mergeId);
  if (!merge) return refusedMerge({ code: 'not-found' });
  const { primaryId } = merge;
  const merged = await mergedFacts(runner, primaryId, access);
  const command = { ...header, type: 'UndoMerge', contactId: primaryId, mergeId, access: merged.access } as const;
  const result = await runner.run(contactDecider, contactStream(primaryId), command, options);
  if (!result.accepted) return refusedMerge(result.refusal);
  const position = await giveBack(ports, header, merge);
  return { ...result, merge, position: Math.max(result.position, position) };
}

/** The secondary's part of an undoing. */
export async function giveBack({ runner, ids }: MergePorts, header: CommandHeader, merge: Merge): Promise<Position> {
  const { mergeId, secondaryId } = merge;
  const commandId = ids.derivedUuid('give-back', mergeId);
  const own = { ...header, commandId, commandHash: commandId, causationId: header.commandId };
  const command = { ...own, type: 'GiveBackContact', contactId: secondaryId, mergeId } as const;
  const result = await runner.run(contactDecider, contactStream(secondaryId), command);
  return result.accepted ? result.position : 0;
}
