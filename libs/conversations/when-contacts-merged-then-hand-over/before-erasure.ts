import { contactStream } from '#contacts/contact';
import type { ContactEvent, Merge } from '#contacts/contact';
import { unlessGone } from '#event-sourcing';
import type { CommandHeader, EventStore } from '#event-sourcing';
import { moveGivenBack } from '../handing-over/index.js';
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
    for (const merge of (await unlessGone(undoneMerges(ports.store, primaryId))) ?? []) {
      if (contactIds.includes(merge.secondaryId)) continue;
      if (await moveGivenBack(ports, header, merge)) continue;
      // A crash may have left the undoing half way: after the erasure nobody could finish it.
      await finishUndoing(ports, header, merge);
      await moveGivenBack(ports, header, merge);
    }
  }
}

async function undoneMerges(store: EventStore, primaryId: string): Promise<readonly Merge[]> {
  const merges: Merge[] = [];
  for await (const { type, data } of store.readStream(contactStream(primaryId))) {
    // The stream holds contact events only; the codec has checked them against the catalogue.
    const event = { type, data } as ContactEvent;
    if (event.type !== 'MergeUndone') continue;
    merges.push({ mergeId: event.data.mergeId, primaryId, secondaryId: event.data.secondaryId });
  }
  return merges;
}
