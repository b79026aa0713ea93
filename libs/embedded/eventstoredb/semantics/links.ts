import type { EventReader } from '../storage/event-reader.js';
import type { StoredEvent } from '../storage/events.js';
import { LINK_TYPE } from './system-streams.js';
import { isReadable } from './visibility.js';

/** An event as a reader gets it: the event, or what a link points to together with the link, or a broken link alone. */
export interface ResolvedEvent {
  readonly event?: StoredEvent;
  readonly link?: StoredEvent;
}

const REVISION = /^-?\d+$/;
const NEWEST = -1;

/** Follows a link one step. The target must be readable under its own stream's metadata. */
export function resolveLink(reader: EventReader, event: StoredEvent, now: number): ResolvedEvent {
  if (event.type !== LINK_TYPE) return { event };
  const text = Buffer.from(event.data).toString('utf8');
  const separator = text.indexOf('@');
  if (separator === -1) return { link: event };
  const revision = text.slice(0, separator);
  if (!REVISION.test(revision)) return { event };
  const target = readTarget(reader, text.slice(separator + 1), Number(revision), now);
  return target ? { event: target, link: event } : { link: event };
}

function readTarget(reader: EventReader, stream: string, revision: number, now: number): StoredEvent | undefined {
  const head = reader.head(stream);
  const wanted = revision === NEWEST ? head?.lastRevision : revision;
  if (!head || wanted === undefined || wanted < 0 || wanted > head.lastRevision) return undefined;
  const target = reader.eventAt(head, wanted);
  return target && isReadable(head, target, now) ? target : undefined;
}
