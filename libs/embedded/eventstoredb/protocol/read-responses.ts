import type { PageItem } from '../semantics/read-plan.js';
import type { StoredEvent } from '../storage/events.js';
import { frame } from '../transport/message-frames.js';
import { positionMessage } from './append-success.js';
import type { UuidForm } from './identifiers.js';
import { formatUuid, streamIdentifierOf } from './identifiers.js';
import type { ReadResponse, RecordedEventMessage } from './messages/read.js';
import { readResponse } from './messages/read.js';

/** The revision that a tombstone has on the wire: 2^63-1. */
const TOMBSTONE_REVISION = '9223372036854775807';
/** 100 ns units in a millisecond. */
const TICKS = 10_000;

/** What a page holds, as framed messages in one piece. */
export function encodePage(items: readonly PageItem[], uuidForm: UuidForm): Buffer<ArrayBuffer> {
  return Buffer.concat(items.map((item) => encodeItem(item, uuidForm)));
}

export function encodeConfirmation(subscriptionId: string): Buffer {
  return frame(readResponse.encode({ confirmation: { subscriptionId } }));
}

export function encodeCaughtUp(): Buffer {
  return frame(readResponse.encode({ caughtUp: {} }));
}

export function encodeStreamNotFound(stream: string): Buffer {
  return frame(readResponse.encode({ streamNotFound: { streamIdentifier: streamIdentifierOf(stream) } }));
}

const shared: Record<UuidForm, WeakMap<StoredEvent, Buffer>> = { string: new WeakMap(), structured: new WeakMap() };

/** As `encodePage`, for live events: they go to many subscribers, and each is encoded only once. */
export function encodeLivePage(items: readonly PageItem[], uuidForm: UuidForm): Buffer {
  const frames = items.map((item) => {
    if (item.kind === 'checkpoint' || item.link || !item.event) return encodeItem(item, uuidForm);
    const known = shared[uuidForm].get(item.event) ?? encodeItem(item, uuidForm);
    shared[uuidForm].set(item.event, known);
    return known;
  });
  return frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
}

function encodeItem(item: PageItem, uuidForm: UuidForm): Buffer {
  if (item.kind === 'checkpoint') return frame(readResponse.encode({ checkpoint: positionMessage(item.position) }));
  const { event, link } = item;
  const response: ReadResponse = {
    event: {
      ...(event && { event: recordedEvent(event, uuidForm) }),
      ...(link && { link: recordedEvent(link, uuidForm) }),
      commitPosition: (link ?? event)?.position ?? 0,
    },
  };
  return frame(readResponse.encode(response));
}

function recordedEvent(event: StoredEvent, uuidForm: UuidForm): RecordedEventMessage {
  return {
    id: formatUuid(event.id, uuidForm),
    streamIdentifier: streamIdentifierOf(event.stream),
    streamRevision: event.isTombstone ? TOMBSTONE_REVISION : event.revision,
    preparePosition: event.position,
    commitPosition: event.position,
    metadata: {
      type: event.type,
      created: String(event.created * TICKS),
      'content-type': event.isJson ? 'application/json' : 'application/octet-stream',
    },
    customMetadata: event.metadata,
    data: event.data,
  };
}
