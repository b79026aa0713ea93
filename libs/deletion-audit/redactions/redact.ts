import { contactStream } from '#contacts/contact';
import { conversationStream } from '#conversations/conversation';
import type { CommandRunner, EventStore, Ids, KeyRing, Origin, Position } from '#event-sourcing';
import type { RedactionTarget } from './commands.js';
import { redactionDecider } from './decide.js';
import { redactionStream } from './events.js';
import { findContent } from './find-content.js';
import type { RedactionRefusal } from './refusals.js';

export interface RedactionPorts {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly keys: KeyRing;
}

export type RedactionResult =
  | { readonly accepted: true; readonly redactionId: string; readonly position: Position; readonly repeated: boolean }
  | { readonly accepted: false; readonly refusal: RedactionRefusal };

/**
 * DEL-8: records what is redacted, then takes the keys of its events away. Answered, nobody can read it any more; what
 * a crash leaves between the two is done by `when-redacted-then-puncture`.
 */
export async function redact(
  { store, runner, ids, keys }: RedactionPorts,
  { header, options }: Origin,
  target: RedactionTarget,
): Promise<RedactionResult> {
  const found = await findContent(store, target);
  if (!found) return { accepted: false, refusal: { code: 'not-found' } };
  const { contactId, subjectId, eventIds, position, inUse } = found;
  // A cleared value is out of everybody's memory; one that is set would be compared with, and shown, on and on.
  if (inUse) return { accepted: false, refusal: { code: 'value-in-use' } };
  const redactionId = ids.derivedUuid('redaction', header.commandId);
  const command = { ...header, type: 'Redact', redactionId, contactId, subjectId, eventIds, position, target } as const;
  const result = await runner.run(redactionDecider, redactionStream(contactId), command, options);
  if (!result.accepted) return result;
  await keys.puncture(subjectId, eventIds);
  runner.forget(contactStream(contactId));
  if ('conversationId' in target) runner.forget(conversationStream(target.conversationId));
  return { accepted: true, redactionId, position: result.position, repeated: result.repeated };
}
