import type { UuidForm } from '../protocol/identifiers.js';
import { encodePage } from '../protocol/read-responses.js';
import { readPage } from '../semantics/read-page.js';
import type { ReadPlan } from '../semantics/read-plan.js';
import type { EventReader, PageLimit } from '../storage/event-reader.js';
import type { EncodedPage } from './messages.js';

export function readEncodedPage(
  reader: EventReader,
  plan: ReadPlan,
  limit: PageLimit,
  uuidForm: UuidForm,
): EncodedPage {
  const { items, ...page } = readPage(reader, plan, limit);
  const last = items.at(-1);
  const endsStream = plan.source === 'stream' && last?.kind === 'event' && last.event?.isTombstone === true;
  return { content: encodePage(items, uuidForm), page, endsStream };
}
