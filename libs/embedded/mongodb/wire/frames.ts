/** Largest message that either side may send, in bytes (`maxMessageSizeBytes`). */
export const MAX_MESSAGE_BYTES = 48_000_000;
/** Bytes of the header before every message: length, request id, response to, opcode (int32 each). */
export const HEADER_BYTES = 16;

/** The peer broke the protocol: the connection cannot be used further and is closed. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/**
 * Cuts a byte stream into messages. The buffer grows with what the peer has really sent, never to what it announces:
 * a peer that promises 48 MB and sends nothing costs nothing.
 */
export class FrameReader {
  private buffer: Buffer = Buffer.alloc(0);
  private start = 0;
  private end = 0;

  /** Bytes received but not yet handed out. */
  get buffered(): number {
    return this.end - this.start;
  }

  push(chunk: Buffer): void {
    if (this.buffered === 0) {
      this.buffer = chunk;
      this.start = 0;
      this.end = chunk.length;
      return;
    }
    if (this.end + chunk.length > this.buffer.length) this.grow(chunk.length);
    chunk.copy(this.buffer, this.end);
    this.end += chunk.length;
  }

  /** The next whole message, header included; undefined while it is incomplete. Throws ProtocolError on an impossible length. */
  next(): Buffer | undefined {
    if (this.buffered < HEADER_BYTES) return undefined;
    const length = this.buffer.readInt32LE(this.start);
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
      throw new ProtocolError(`message length ${length} is not between ${HEADER_BYTES} and ${MAX_MESSAGE_BYTES}`);
    }
    if (this.buffered < length) return undefined;
    const frame = this.buffer.subarray(this.start, this.start + length);
    this.start += length;
    return frame;
  }

  /** Always into a new buffer: frames handed out before are views of the old one. */
  private grow(more: number): void {
    const larger = Buffer.allocUnsafe(Math.max(2 * this.buffered, this.buffered + more, 1024));
    this.buffer.copy(larger, 0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
    this.buffer = larger;
  }
}
