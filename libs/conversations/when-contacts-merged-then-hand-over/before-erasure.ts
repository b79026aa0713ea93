import { contactStream } from '#contacts/contact';
import type { ContactEvent, Merge } from '#contacts/contact';
import { unlessGone } from '#event-sourcing';
import type { CommandHeader, EventStore } from '#event-sourcing';
import { givenBackTo, moveGivenBack } from '../handing-over/index.js';
import type { MergingPorts } from '../handing-over/index.js';
import { finishUndoing } from './finish.js';

/**
 * CON-5, DEL-6: what undone merges gave back, and lies in conversations of contacts that are erased together, goes to
 * whom it belongs to. Anyone may do it, any number of times.
 */
export async function handBackBeforeErasure(
  ports: MergingPorts,
  header: CommandHeader,
  contactIds: readonly string[],
): Promise<void> {
  for (const primaryId of contactIds) {
    const merges = (await unlessGone(undoneMerges(ports.store, primaryId))) ?? [];
    for (const { merge } of merges) {
      if (contactIds.includes(merge.secondaryId)) continue;
      const backs = (await unlessGone(givenBackTo(ports, merge.secondaryId))) ?? [];
      // A crash may have left the undoing half way: after the erasure nobody could finish it.
      if (!backs.some(({ data }) => data.mergeId === merge.mergeId)) await finishUndoing(ports, header, merge);
    }
    const parted = new Set(merges.flatMap(({ partedIds }) => partedIds));
    await moveGivenBack(
      ports,
      header,
      primaryId,
      [...parted].filter((id) => !contactIds.includes(id)),
    );
  }
}

interface Undone {
  readonly merge: Merge;
  /** The secondary, and what had been merged into it. */
  readonly partedIds: readonly string[];
}

async function undoneMerges(store: EventStore, primaryId: string): Promise<readonly Undone[]> {
  const merges: Undone[] = [];
  for await (const { type, data } of store.readStream(contactStream(primaryId))) {
    // The stream holds contact events only; the codec has checked them against the catalogue.
    const event = { type, data } as ContactEvent;
    if (event.type !== 'MergeUndone') continue;
    const { mergeId, secondaryId, contactIds } = event.data;
    merges.push({ merge: { mergeId, primaryId, secondaryId }, partedIds: contactIds });
  }
  return merges;
}
