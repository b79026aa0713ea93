import { HEADER_BYTES, ProtocolError } from './frames.js';

/** The opcode with which older and newer drivers alike say hello before they know that the server speaks OP_MSG. */
export const OP_QUERY = 2004;
const OP_REPLY = 1;
/** Bytes of OP_REPLY between the header and its document: flags, cursor id, starting from, number returned. */
const REPLY_FIELDS = 20;

export interface QueryMessage {
  readonly requestId: number;
  readonly namespace: string;
  readonly body: Buffer;
}

/** Reads a whole OP_QUERY frame. Throws ProtocolError when it is malformed. */
export function readOpQuery(frame: Buffer): QueryMessage {
  const nul = frame.indexOf(0, HEADER_BYTES + 4);
  const at = nul + 1 + 8;
  if (nul < 0 || at + 5 > frame.length) throw new ProtocolError('OP_QUERY is cut off');
  const length = frame.readInt32LE(at);
  if (length < 5 || at + length > frame.length || frame[at + length - 1] !== 0) {
    throw new ProtocolError(`OP_QUERY has a document of length ${length}`);
  }
  return {
    requestId: frame.readInt32LE(4),
    namespace: frame.toString('utf8', HEADER_BYTES + 4, nul),
    body: frame.subarray(at, at + length),
  };
}

/** Frames an OP_REPLY with one document, the only answer OP_QUERY knows. */
export function writeOpReply(replyId: number, responseTo: number, document: Uint8Array): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + REPLY_FIELDS + document.length);
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(replyId, 4);
  frame.writeInt32LE(responseTo, 8);
  frame.writeInt32LE(OP_REPLY, 12);
  frame.writeInt32LE(1, HEADER_BYTES + 16);
  frame.set(document, HEADER_BYTES + REPLY_FIELDS);
  return frame;
}
