import { contactStream } from '#contacts/contact';
import type { Clock, CommandRunner, EventStore } from '#event-sourcing';
import { deletedContactsStream } from '../audit/index.js';
import type { AuditEvent } from '../audit/index.js';

const pause = 1_000;

/**
 * DEL-2: takes erased contacts out of this process's memory, until `signal` aborts. At the request, and again when the
 * stream is gone: in between somebody may have read it once more.
 */
export async function forgetErased(
  {
    store,
    runner,
    clock,
  }: { readonly store: EventStore; readonly runner: Pick<CommandRunner, 'forget'>; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const categories = [deletedContactsStream];
  let after: number | 'end' = 'end';
  while (!signal.aborted) {
    try {
      for await (const { events, checkpoint } of store.subscribe({ after, signal, categories })) {
        for (const event of events) {
          // The stream holds these events only.
          const { contactIds } = event.data as AuditEvent['data'];
          for (const contactId of contactIds) runner.forget(contactStream(contactId));
        }
        after = checkpoint;
      }
    } catch {
      // A store that is away is everybody's to complain of; here nothing is lost but time.
      await clock.sleep(pause, signal);
    }
  }
}
