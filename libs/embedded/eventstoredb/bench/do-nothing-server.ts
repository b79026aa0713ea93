import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerDuplexStream, ServerWritableStream, handleUnaryCall } from '@grpc/grpc-js';
import { batchAppendRequest, batchAppendResponse } from '../protocol/messages/batch-append.js';
import type { BatchAppendRequest, BatchAppendResponse } from '../protocol/messages/batch-append.js';
import { empty } from '../protocol/messages/codec.js';
import type { Codec, Empty } from '../protocol/messages/codec.js';
import { supportedMethods } from '../protocol/messages/node.js';
import type { SupportedMethods } from '../protocol/messages/node.js';
import { readRequest, readResponse } from '../protocol/messages/read.js';
import type { ReadRequest, ReadResponse } from '../protocol/messages/read.js';

/**
 * The baseline: a gRPC server that answers every append and read with the same words and does nothing else. What the
 * client costs is the same for it, so the ratio to it is what the store costs.
 */
const STREAMS = '/event_store.client.streams.Streams';
const payloadBytes = Number(process.argv[2]);

const supported: handleUnaryCall<Empty, SupportedMethods> = (_call, reply) => {
  const batchAppend = { serviceName: 'event_store.client.streams.streams', methodName: 'batchappend', features: [] };
  reply(null, { methods: [batchAppend], eventStoreServerVersion: '24.6.0' });
};

function batchAppend(call: ServerDuplexStream<BatchAppendRequest, BatchAppendResponse>): void {
  call.on('data', ({ correlationId, options, isFinal }: BatchAppendRequest) => {
    if (!isFinal || !correlationId) return;
    const streamIdentifier = options?.streamIdentifier ?? {};
    call.write({
      correlationId,
      streamIdentifier,
      success: { currentRevision: 0, position: { commitPosition: 1, preparePosition: 1 } },
    });
  });
  call.on('end', () => {
    call.end();
  });
}

async function read(call: ServerWritableStream<ReadRequest, ReadResponse>): Promise<void> {
  const { count, subscription } = call.request.options ?? {};
  if (subscription) call.write({ confirmation: { subscriptionId: 'none' } });
  const events = subscription ? Infinity : Number(count);
  for (let index = 0; index < events && !call.cancelled; index++) {
    if (!call.write(event(index))) await new Promise((resolve) => call.once('drain', resolve));
  }
  call.end();
}

const data = Buffer.from(JSON.stringify({ text: 'x'.repeat(payloadBytes) }));

function event(position: number): ReadResponse {
  const recorded = {
    id: { string: '7d0c6c4e-6f3c-4b55-9f5d-9c1e3f4e5a6b' },
    streamIdentifier: { streamName: Buffer.from('stream') },
    streamRevision: position,
    preparePosition: position,
    commitPosition: position,
    metadata: { type: 'written', created: '17000000000000000', 'content-type': 'application/json' },
    customMetadata: new Uint8Array(0),
    data,
  };
  return { event: { event: recorded, commitPosition: position } };
}

function method<Request, Response>(
  path: string,
  request: Codec<Request>,
  response: Codec<Response>,
  streams: { request: boolean; response: boolean },
) {
  return {
    path,
    requestStream: streams.request,
    responseStream: streams.response,
    requestSerialize: (message: Request) => Buffer.from(request.encode(message)),
    requestDeserialize: request.decode,
    responseSerialize: (message: Response) => Buffer.from(response.encode(message)),
    responseDeserialize: response.decode,
  };
}

const server = new Server({ 'grpc.max_concurrent_streams': 1000 });
server.addService(
  {
    batchAppend: method(`${STREAMS}/BatchAppend`, batchAppendRequest, batchAppendResponse, {
      request: true,
      response: true,
    }),
    read: method(`${STREAMS}/Read`, readRequest, readResponse, { request: false, response: true }),
    supported: method(
      '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
      empty,
      supportedMethods,
      { request: false, response: false },
    ),
  },
  { batchAppend, read: (call: ServerWritableStream<ReadRequest, ReadResponse>) => void read(call), supported },
);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`do-nothing listening on esdb://127.0.0.1:${port}?tls=false`);
});
