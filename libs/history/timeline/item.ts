import type { ActorRole, Position, RecordedEvent } from '#event-sourcing';
import { legible } from '../legible.js';
import type { Backwards } from './backwards.js';
import type { Names } from './names.js';
import { wordsOf } from './words/index.js';

/** A value before and after; `null`: none. */
export interface Change {
  /** What changed: `name`, `attribute tier`, `assigned user`, `note <id>`. */
  readonly of: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Where a line of a timeline stands. */
interface Placed {
  readonly eventId: string;
  readonly position: Position;
  readonly at: string;
  readonly conversationId?: string;
}

/** One line of a timeline: who did what, when and why. */
export type TimelineItem = Placed &
  (
    | {
        readonly type: string;
        readonly actor: { readonly id: string; readonly role: ActorRole; readonly name: string };
        /** A sentence: "Ann renamed the contact". */
        readonly words: string;
        /** What was written, word by word. */
        readonly text?: unknown;
        readonly changes: readonly Change[];
        /** Id of the command or event that led to it. */
        readonly cause: string;
      }
    | { readonly hidden: true }
  );

/** ASG-6: a message on a channel that the viewer lacks is a line that says only that it is there. */
export function hiddenItem(event: RecordedEvent): TimelineItem {
  return { ...placeOf(event), hidden: true };
}

/** `stream` is read further back where the event does not say itself what was before. */
export async function readItem(event: RecordedEvent, stream: Backwards, names: Names): Promise<TimelineItem> {
  const { type, metadata } = event;
  const data = legible(event);
  const words = wordsOf(event);
  const changes: Change[] = [];
  for (const { of, value: after, ...known } of words.writes?.(data) ?? []) {
    const before = 'before' in known ? known.before : await valueBefore(event, of, stream);
    if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ of, before, after });
  }
  const name = names.actor(metadata.actor);
  return {
    ...placeOf(event),
    type,
    actor: { ...metadata.actor, name },
    words: `${name} ${words.did(data, names)}`,
    ...(words.text && { text: words.text(data) }),
    changes,
    cause: metadata.causationId,
  };
}

async function valueBefore(event: RecordedEvent, of: string, stream: Backwards): Promise<unknown> {
  const written = await stream.newestBefore(event, (older) =>
    wordsOf(older)
      .writes?.(legible(older))
      .find((each) => each.of === of),
  );
  return written?.value ?? null;
}

function placeOf({ id, position, data, metadata }: RecordedEvent): Placed {
  const conversationId = 'conversationId' in data ? String(data.conversationId) : undefined;
  return { eventId: id, position, at: metadata.at, ...(conversationId !== undefined && { conversationId }) };
}
