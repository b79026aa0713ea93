import { GrpcError, Status } from './status.js';

/** Flag (0, not compressed) and length. */
const HEADER = 5;

/** A message as it goes over a gRPC stream. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(HEADER + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, HEADER);
  return framed;
}

/** Cuts what arrives on a gRPC stream into messages. */
export class FrameReader {
  readonly #maxMessage: number;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that must be there before looking again is worth it. */
  #wanted = HEADER;

  constructor(maxMessage: number) {
    this.#maxMessage = maxMessage;
  }

  /** Bytes of a message that is not complete yet. */
  get heldBytes(): number {
    return this.#length;
  }

  /** The messages that the chunk completes. Throws GrpcError for one too long or compressed. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return [];
    const messages: Buffer[] = [];
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    this.#wanted = HEADER;
    while (bytes.length >= HEADER) {
      const end = HEADER + this.#messageLength(bytes);
      if (bytes.length < end) {
        this.#wanted = end;
        break;
      }
      messages.push(bytes.subarray(HEADER, end));
      bytes = bytes.subarray(end);
    }
    this.#chunks = bytes.length > 0 ? [bytes] : [];
    this.#length = bytes.length;
    return messages;
  }

  #messageLength(bytes: Buffer): number {
    if (bytes[0] !== 0) throw new GrpcError(Status.unimplemented, 'compressed messages are not supported');
    const length = bytes.readUInt32BE(1);
    if (length > this.#maxMessage) {
      throw new GrpcError(
        Status.resourceExhausted,
        `a message of ${length} bytes is larger than the ${this.#maxMessage} allowed`,
      );
    }
    return length;
  }
}
