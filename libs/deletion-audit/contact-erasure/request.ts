import { contactFacts, requestDeletion } from '#contacts/contact';
import type { ContactRefusal } from '#contacts/contact';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, EventStore, LiveViews, Origin, Position } from '#event-sourcing';
import { settingsDirectory } from '#settings/settings';
import { attemptsDecider, tooManyAttempts } from '../attempts/decide.js';
import { deletionAttemptsStream } from '../attempts/index.js';
import type { WrongHint } from '../attempts/index.js';
import { deletedContactsStream } from '../audit/index.js';
import type { ContactDeleted } from '../audit/index.js';
import type { ErasurePorts } from './ports.js';
import type { ErasureRefusal } from './refusals.js';

const builtIn: readonly string[] = ['requested', 'retention', 'mistake', 'legal'];

/** DEL-1: the codes that may be given, the admin's own ones last. */
export const deletionReasons = (views: LiveViews): readonly string[] => [
  ...builtIn,
  ...views.read(settingsDirectory).deletionReasons,
];

export interface WantedErasure {
  readonly contactId: string;
  /** As the admin typed it. */
  readonly hint: string;
  /** Code of one of `deletionReasons`. */
  readonly reason: string;
  readonly note?: string | undefined;
  readonly adminName: string;
}

export type ErasureResult =
  | { readonly accepted: true; readonly erasureId: string; readonly position: Position; readonly repeated: boolean }
  | { readonly accepted: false; readonly refusal: ErasureRefusal };

/** DEL-1: by an admin who repeats the contact's hint. The erasure itself is the workflow's. */
export async function requestErasure(
  ports: ErasurePorts,
  { header, options }: Origin,
  { contactId, reason, ...wanted }: WantedErasure,
): Promise<ErasureResult> {
  const { runner, ids, store, views } = ports;
  if (!deletionReasons(views).includes(reason)) return refused({ code: 'unknown-reason', reason });
  const erasureId = ids.derivedUuid('erasure', header.commandId);
  const { state } = await runner.load(attemptsDecider, deletionAttemptsStream, { fresh: true });
  const stopped = tooManyAttempts(state, header.actor.id, header.at);
  if (stopped) return refused(stopped);
  try {
    const deletion = { ...wanted, note: wanted.note, reason, erasureId };
    const contact = await contactFacts(runner, contactId, { fresh: true });
    const result = await requestDeletion(runner, header, contact, deletion, options);
    if (result.accepted) return { accepted: true, erasureId, position: result.position, repeated: result.repeated };
    return refused(await afterRefusal(ports, header, contactId, result.refusal));
  } catch (fault) {
    if (!(fault instanceof StreamGone)) throw fault;
    // The same request again after its erasure gets the same answer: the audit has kept it.
    const entry = await recordedErasure(store, erasureId);
    if (!entry) return refused({ code: 'contact-deleted' });
    return { accepted: true, erasureId, position: entry.requestPosition, repeated: true };
  }
}

/** A wrong hint is recorded, without what was typed; the one too many gets no other answer than that. */
async function afterRefusal(
  { runner, ids }: ErasurePorts,
  header: CommandHeader,
  contactId: string,
  refusal: ContactRefusal,
): Promise<ErasureRefusal> {
  switch (refusal.code) {
    case 'hint-mismatch':
    case 'hint-changed': {
      const commandId = ids.derivedUuid('refused-deletion', header.commandId, header.at);
      const content = { contactId, because: refusal.code satisfies WrongHint };
      const command = { ...header, commandId, type: 'RecordRefusedDeletion', ...content } as const;
      const recorded = await runner.run(attemptsDecider, deletionAttemptsStream, command);
      return recorded.accepted ? { code: refusal.code } : recorded.refusal;
    }
    case 'contact-deleted':
      return { code: 'contact-deleted' };
    case 'contact-merged':
      return refusal;
    default:
      return { code: 'not-found' };
  }
}

/** The audit entry of an erasure. Looked for from the newest: who asks has requested it a moment ago. */
export async function recordedErasure(
  store: EventStore,
  erasureId: string,
): Promise<ContactDeleted['data'] | undefined> {
  for await (const { type, data } of store.readStream(deletedContactsStream, { direction: 'backwards' })) {
    const entry = data as ContactDeleted['data'];
    if (type === 'ContactDeleted' && entry.erasureId === erasureId) return entry;
  }
  return undefined;
}

const refused = (refusal: ErasureRefusal): ErasureResult => ({ accepted: false, refusal });
