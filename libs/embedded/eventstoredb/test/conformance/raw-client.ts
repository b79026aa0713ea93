import { afterAll } from '@jest/globals';
import { Client, credentials } from '@grpc/grpc-js';
import type { ClientDuplexStream, ClientReadableStream, Metadata, ServiceError } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { appendRequest } from '../../protocol/messages/append.js';
import type { Codec } from '../../protocol/messages/codec.js';
import { empty } from '../../protocol/messages/codec.js';
import { batchAppendRequest, batchAppendResponse } from '../../protocol/messages/batch-append.js';
import type { BatchAppendRequest, BatchAppendResponse } from '../../protocol/messages/batch-append.js';
import { readRequest, readResponse } from '../../protocol/messages/read.js';
import type { ReadOptions, ReadResponse } from '../../protocol/messages/read.js';
import type { ServerUnderTest } from './server-under-test.js';

const STREAMS = '/event_store.client.streams.Streams';

/** What a call ended with. */
export interface Ending {
  readonly code: number;
  readonly details: string;
  readonly trailers: Metadata;
}

/** gRPC without the EventStoreDB client: for what that never sends. */
export class RawClient {
  readonly #server: ServerUnderTest;
  #client: Client | undefined;

  constructor(server: ServerUnderTest) {
    this.#server = server;
    afterAll(() => {
      this.#client?.close();
    });
  }

  get #connected(): Client {
    this.#client ??= new Client(
      new URL(this.#server.url.replace('esdb:', 'http:')).host,
      credentials.createInsecure(),
      {
        'grpc.max_receive_message_length': 20 * 1024 * 1024,
      },
    );
    return this.#client;
  }

  /** The reply, or the error that ended the call. */
  unary<Request, Response>(
    path: string,
    request: Codec<Request>,
    response: Codec<Response>,
    message: Request,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#connected.makeUnaryRequest(path, serializer(request), response.decode, message, (error, reply) => {
        if (error) reject(error);
        else if (reply === undefined) reject(new Error('no reply'));
        else resolve(reply);
      });
    });
  }

  /** All messages of a read. */
  async read(options: ReadOptions): Promise<ReadResponse[]> {
    return (await Array.fromAsync(this.openRead(options))) as ReadResponse[];
  }

  openRead(options: ReadOptions): ClientReadableStream<ReadResponse> {
    return this.#connected.makeServerStreamRequest(`${STREAMS}/Read`, serializer(readRequest), readResponse.decode, {
      options,
    });
  }

  openBatchAppend(): ClientDuplexStream<BatchAppendRequest, BatchAppendResponse> {
    return this.#connected.makeBidiStreamRequest(
      `${STREAMS}/BatchAppend`,
      serializer(batchAppendRequest),
      batchAppendResponse.decode,
    );
  }

  /** Appends one event with any metadata and any bytes, whatever the stream's revision. */
  async append(stream: string, metadata: Record<string, string>, data: Uint8Array): Promise<Ending> {
    const identifier = { streamName: Buffer.from(stream) };
    return this.clientStream(`${STREAMS}/Append`, appendRequest, [
      { options: { streamIdentifier: identifier, any: {} } },
      { proposedMessage: { id: { string: randomUUID() }, metadata, data } },
    ]);
  }

  /** Sends messages on a client stream; gives how it ended. */
  clientStream<Request>(path: string, request: Codec<Request>, messages: readonly Request[]): Promise<Ending> {
    return new Promise((resolve) => {
      const call = this.#connected.makeClientStreamRequest(path, serializer(request), empty.decode, () => undefined);
      call.on('status', ({ code, details, metadata }) => {
        resolve({ code, details, trailers: metadata });
      });
      for (const message of messages) call.write(message);
      call.end();
    });
  }
}

/** The error that a read ends with. */
export async function readError(client: RawClient, options: ReadOptions): Promise<ServiceError> {
  try {
    await client.read(options);
  } catch (error) {
    return error as ServiceError;
  }
  throw new Error('was expected to fail, but did not');
}

/** A read of $all from its start, whose filter is still to be said. */
export const FILTERED: ReadOptions = { all: { start: {} }, count: 100_000, uuidOption: { string: {} } };
export const READ_ALL: ReadOptions = { ...FILTERED, noFilter: {} };
/** A subscription to $all from its start, whose filter is still to be said. */
export const SUBSCRIPTION: ReadOptions = { all: { start: {} }, subscription: {}, uuidOption: { string: {} } };

function serializer<T>(codec: Codec<T>): (message: T) => Buffer {
  return (message) => Buffer.from(codec.encode(message));
}
