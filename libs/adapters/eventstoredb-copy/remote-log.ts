import { ANY, BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
// Generated code of the client: CommonJS whose names an ES import cannot see, hence the default imports.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { CopyRefused } from './copy-refused.js';
import type { LogEvent } from './log-event.js';

/** The revision of the last event that has to be there; `no_stream` when there must be none. */
export type Expected = bigint | 'no_stream' | 'any';

/**
 * The whole log of a server. Reads and appends go over the generated stubs of the official client, with its connection
 * and discovery: its own calls parse and write JSON, and payloads are to be copied to the byte.
 */
export interface RemoteLog {
  /** Position of the newest event; 0 for an empty log. */
  end(): Promise<bigint>;
  /** Every event as of now, links as they are. */
  read(): AsyncGenerator<LogEvent>;
  /** Throws CopyRefused when the stream stands elsewhere. */
  append(stream: string, events: readonly LogEvent[], expected: Expected): Promise<void>;
  tombstone(stream: string, expected: Expected): Promise<void>;
  softDelete(stream: string): Promise<void>;
  close(): Promise<void>;
}

const APPEND_DEADLINE = 30_000;

export function connectLog(url: string): RemoteLog {
  const client = EventStoreDBClient.connectionString(url);
  /* eslint-disable @typescript-eslint/dot-notation -- protected members: there is no public way to the stubs */
  const callArguments = client['callArguments'];
  const openStream = client['GRPCStreamCreator'];
  const execute = client['execute'];
  /* eslint-enable @typescript-eslint/dot-notation */

  async function* read(): AsyncGenerator<LogEvent> {
    const call = await openStream(streamsService.StreamsClient, 'readAll', (stub) =>
      stub.read(wholeLog(), ...callArguments({}, { deadline: Infinity })),
    )();
    try {
      for await (const response of call as AsyncIterable<ReadResp>) {
        const event = response.getEvent()?.getEvent();
        if (event) yield toLogEvent(event);
      }
    } finally {
      // Left early, it says that it was cancelled; nobody wants to know.
      call.on('error', () => undefined);
      call.cancel();
    }
  }

  return {
    async end() {
      for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 })) {
        if (event) return event.position.commit;
      }
      return 0n;
    },
    read,
    append: (stream, events, expected) =>
      execute(
        streamsService.StreamsClient,
        'append',
        (stub) =>
          new Promise<void>((resolve, reject) => {
            const [metadata, options] = callArguments({ deadline: APPEND_DEADLINE });
            const call = stub.append(metadata, options, (error, response) => {
              if (error) reject(error);
              else if (response.hasWrongExpectedVersion()) reject(standsElsewhere(stream, response));
              else resolve();
            });
            for (const message of [header(stream, expected), ...events.map(proposed)]) call.write(message);
            call.end();
          }),
      ),
    async tombstone(stream, expected) {
      await client.tombstoneStream(stream, { expectedRevision: expected });
    },
    async softDelete(stream) {
      await client.deleteStream(stream, { expectedRevision: ANY });
    },
    async close() {
      // Not `dispose`: that waits for the end of every read, and one that was left early has none.
      // eslint-disable-next-line @typescript-eslint/dot-notation -- protected
      (await client['getChannel']()).close();
    },
  };
}

function wholeLog(): InstanceType<typeof streams.ReadReq> {
  const fromStart = new streams.ReadReq.Options.AllOptions();
  fromStart.setStart(new shared.Empty());
  const idsAsText = new streams.ReadReq.Options.UUIDOption();
  idsAsText.setString(new shared.Empty());
  const options = new streams.ReadReq.Options();
  options.setAll(fromStart);
  options.setCount(String(Number.MAX_SAFE_INTEGER));
  options.setNoFilter(new shared.Empty());
  options.setUuidOption(idsAsText);
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
}

function toLogEvent(event: ReadResp.ReadEvent.RecordedEvent): LogEvent {
  const metadata = event.getMetadataMap();
  return {
    stream: Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
    revision: BigInt(event.getStreamRevision()),
    position: BigInt(event.getCommitPosition()),
    id: event.getId()?.getString() ?? '',
    type: metadata.get('type') ?? '',
    isJson: metadata.get('content-type') === 'application/json',
    metadata: event.getCustomMetadata_asU8(),
    data: event.getData_asU8(),
  };
}

function header(stream: string, expected: Expected): AppendReq {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(new TextEncoder().encode(stream));
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(identifier);
  if (expected === 'any') options.setAny(new shared.Empty());
  else if (expected === 'no_stream') options.setNoStream(new shared.Empty());
  else options.setRevision(String(expected));
  const request = new streams.AppendReq();
  request.setOptions(options);
  return request;
}

function proposed(event: LogEvent): AppendReq {
  const id = new shared.UUID();
  id.setString(event.id);
  const message = new streams.AppendReq.ProposedMessage();
  message.setId(id);
  message.setData(event.data);
  message.setCustomMetadata(event.metadata);
  const contentType = event.isJson ? 'application/json' : 'application/octet-stream';
  message.getMetadataMap().set('type', event.type).set('content-type', contentType);
  const request = new streams.AppendReq();
  request.setProposedMessage(message);
  return request;
}

function standsElsewhere(stream: string, response: AppendResp): CopyRefused {
  const wrong = response.getWrongExpectedVersion();
  const current = wrong?.hasCurrentRevision() ? `revision ${wrong.getCurrentRevision()}` : 'no event';
  return new CopyRefused(`somebody else writes to the target: its stream ${stream} has ${current}`);
}
