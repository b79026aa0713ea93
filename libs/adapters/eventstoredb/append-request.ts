import { randomUUID } from 'node:crypto';
// Generated code of the client: CommonJS whose names an ES import cannot see, hence the default imports.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventTooLarge, RevisionConflict, StoreUnavailable, StreamGone } from '#event-sourcing';
import type { ExpectedRevision, Fault } from '#event-sourcing';
import { exactNumber } from './positions.js';

const largestEvent = 64 * 1024;

export interface WireEvent {
  readonly id: string;
  readonly type: string;
  /** Both as JSON on the wire. */
  readonly data: object;
  readonly metadata: object;
}

export interface AppendRequest {
  readonly correlationId: string;
  readonly message: BatchAppendReq;
}

/** One message that is the whole append. Throws `EventTooLarge`. */
export function appendRequest(stream: string, events: readonly WireEvent[], expected: ExpectedRevision): AppendRequest {
  const correlationId = randomUUID();
  const message = new streams.BatchAppendReq();
  message.setCorrelationId(uuid(correlationId));
  message.setOptions(optionsOf(stream, expected));
  for (const event of events) message.addProposedMessages(proposed(stream, event));
  message.setIsFinal(true);
  return { correlationId, message };
}

function optionsOf(stream: string, expected: ExpectedRevision): BatchAppendReq.Options {
  const options = new streams.BatchAppendReq.Options();
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(new TextEncoder().encode(stream));
  options.setStreamIdentifier(identifier);
  if (expected === 'any') options.setAny(new shared.Empty());
  else if (expected === 'none') options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expected));
  return options;
}

function proposed(stream: string, event: WireEvent): BatchAppendReq.ProposedMessage {
  const data = new TextEncoder().encode(JSON.stringify(event.data));
  const metadata = new TextEncoder().encode(JSON.stringify(event.metadata));
  if (data.length + metadata.length > largestEvent) throw new EventTooLarge(stream, largestEvent);
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuid(event.id));
  message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
  message.setData(data);
  message.setCustomMetadata(metadata);
  return message;
}

function uuid(text: string): InstanceType<typeof shared.UUID> {
  const id = new shared.UUID();
  id.setString(text);
  return id;
}

export type AppendAnswer =
  /** `position` is missing for a repeated append whose events can no longer be read. */
  { readonly revision: number; readonly position: number | undefined } | { readonly fault: Fault };

/** Correlation id of the append that this answers. */
export function answeredId(response: BatchAppendResp): string | undefined {
  return response.getCorrelationId()?.getString();
}

export function readAnswer(response: BatchAppendResp, stream: string, expected: ExpectedRevision): AppendAnswer {
  const success = response.getSuccess();
  if (success) {
    const position = success.getPosition()?.getCommitPosition();
    const revision = exactNumber(BigInt(success.getCurrentRevision()), stream);
    return { revision, position: position === undefined ? undefined : exactNumber(BigInt(position), stream) };
  }
  const details = response.getError()?.getDetails();
  const kind = details?.getTypeName() ?? 'nothing';
  if (kind.endsWith('.StreamDeleted')) return { fault: new StreamGone(stream) };
  if (kind.endsWith('.MaximumAppendSizeExceeded')) {
    const limit = details
      ?.unpack((bytes) => shared.MaximumAppendSizeExceeded.deserializeBinary(bytes), kind)
      ?.getMaxappendsize();
    return { fault: new EventTooLarge(stream, limit ?? largestEvent) };
  }
  if (kind.endsWith('.WrongExpectedVersion')) {
    const wrong = details?.unpack((bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes), kind);
    const actual = wrong?.hasCurrentStreamRevision()
      ? exactNumber(BigInt(wrong.getCurrentStreamRevision()), stream)
      : -1;
    return { fault: new RevisionConflict(stream, expected, actual) };
  }
  return { fault: new StoreUnavailable('event-store', `append answered ${kind}`) };
}
