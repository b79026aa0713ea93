import { retentionOf } from '#attributes/attributes';
import { StreamGone } from '#event-sourcing';
import type { PageWanted, ToDoContext, WorkflowPorts } from '#event-sourcing';
import { expireValue } from '../contact/index.js';
import { outlivedValues } from '../value-retention/index.js';
import type { Look } from './todo.js';

const atOnce = 100;

/**
 * ATT-7: clears the values of contacts that have had no open conversation for so long. The model says whose; where a
 * value has been set since, the clearing does not hold and the next look asks again.
 */
export async function clearOutlived(
  { runner, models, ids, clock }: WorkflowPorts,
  { attribute, retention }: Look,
  { header }: ToDoContext,
): Promise<void> {
  const before = new Date(Date.parse(clock.now()) - (retentionOf(retention) ?? Infinity)).toISOString();
  for (let after: PageWanted['after']; ;) {
    const page = await outlivedValues(models, attribute, before, { limit: atOnce, after });
    for (const { ownerId, revision } of page.items) {
      const own = { ...header, commandId: ids.derivedUuid(header.commandId, ownerId) };
      try {
        await expireValue(runner, own, { contactId: ownerId, ...attribute }, revision);
      } catch (fault) {
        // It was erased meanwhile.
        if (!(fault instanceof StreamGone)) throw fault;
      }
    }
    if (!page.next) return;
    after = page.next;
  }
}
