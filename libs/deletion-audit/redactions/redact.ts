import { contactStream, primaryFacts } from '#contacts/contact';
import { conversationStream, parseConversationId } from '#conversations/conversation';
import { unlessGone } from '#event-sourcing';
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
  const owner = await ownerOf(runner, target);
  if (owner !== 'known') return { accepted: false, refusal: { code: owner } };
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

/** With a contact goes all that could be redacted of it. */
async function ownerOf(
  runner: CommandRunner,
  target: RedactionTarget,
): Promise<'known' | 'not-found' | 'contact-deleted'> {
  const contactId = 'contactId' in target ? target.contactId : parseConversationId(target.conversationId)?.contactId;
  if (contactId === undefined) return 'not-found';
  const contact = await unlessGone(primaryFacts(runner, contactId, { fresh: true }));
  if (!contact || contact.phase === 'deleting') return 'contact-deleted';
  return contact.phase === 'unknown' ? 'not-found' : 'known';
}
