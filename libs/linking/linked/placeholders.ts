import { matchForm, matchKey } from '#attributes/attributes';
import type { Ids } from '#event-sourcing';

/** Under which keys the placeholders of the admin's list stand in the index (LNK-6). */
export function placeholderKeys(ids: Ids, alias: string, placeholders: readonly string[]): ReadonlySet<string> {
  return new Set(placeholders.map((placeholder) => matchKey(ids, alias, matchForm(placeholder))));
}
