import { crc32c } from './crc32c.js';
import { HEADER_BYTES, ProtocolError } from './frames.js';

export const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
/** Bits 0 to 15 must be understood by the receiver; of them only the two above exist. */
const REQUIRED_BITS = 0xffff;
const SMALLEST_DOCUMENT = 5;

/** A kind-1 section: the documents of one array-valued command field, outside of the body. */
export interface DocumentSequence {
  readonly field: string;
  readonly documents: readonly Buffer[];
}

/** A request as it came over the wire; body and documents are BSON, their lengths checked, their inside not. */
export interface RequestMessage {
  readonly requestId: number;
  /** The client wants no reply (`moreToCome`). */
  readonly unacknowledged: boolean;
  /** The client takes more replies than one (`exhaustAllowed`). */
  readonly exhaustAllowed: boolean;
  readonly body: Buffer;
  readonly sequences: readonly DocumentSequence[];
}

/** Reads a whole OP_MSG frame. Throws ProtocolError when it is malformed or its checksum is wrong. */
export function readOpMsg(frame: Buffer): RequestMessage {
  if (frame.length < HEADER_BYTES + 5) throw new ProtocolError('OP_MSG is too short');
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new ProtocolError(`OP_MSG has unknown required flags ${flags}`);
  }
  const end = flags & CHECKSUM_PRESENT ? withoutChecksum(frame) : frame.length;
  let body: Buffer | undefined;
  const sequences: DocumentSequence[] = [];
  for (let at = HEADER_BYTES + 4; at < end;) {
    const kind = frame[at++];
    if (kind === 0) {
      if (body !== undefined) throw new ProtocolError('OP_MSG has two body sections');
      body = documentAt(frame, at, end);
      at += body.length;
    } else if (kind === 1) {
      const section = sized(frame, at, end, 'section');
      sequences.push(readSequence(section));
      at += section.length;
    } else {
      throw new ProtocolError(`OP_MSG has a section of unknown kind ${String(kind)}`);
    }
  }
  if (body === undefined) throw new ProtocolError('OP_MSG has no body section');
  return {
    requestId: frame.readInt32LE(4),
    unacknowledged: (flags & MORE_TO_COME) !== 0,
    exhaustAllowed: (flags & EXHAUST_ALLOWED) !== 0,
    body,
    sequences,
  };
}

function withoutChecksum(frame: Buffer): number {
  const end = frame.length - 4;
  if (crc32c(frame.subarray(0, end)) !== frame.readUInt32LE(end)) throw new ProtocolError('OP_MSG checksum is wrong');
  return end;
}

function readSequence(section: Buffer): DocumentSequence {
  const nul = section.indexOf(0, 4);
  if (nul < 0) throw new ProtocolError('document sequence has no name');
  const documents: Buffer[] = [];
  for (let at = nul + 1; at < section.length;) {
    const document = documentAt(section, at, section.length);
    documents.push(document);
    at += document.length;
  }
  return { field: section.toString('utf8', 4, nul), documents };
}

function documentAt(bytes: Buffer, at: number, end: number): Buffer {
  const document = sized(bytes, at, end, 'document');
  if (document.length < SMALLEST_DOCUMENT || document[document.length - 1] !== 0) {
    throw new ProtocolError('a document in OP_MSG is malformed');
  }
  return document;
}

function sized(bytes: Buffer, at: number, end: number, what: string): Buffer {
  if (at + 4 > end) throw new ProtocolError(`a ${what} in OP_MSG is cut off`);
  const length = bytes.readInt32LE(at);
  if (length < 4 || at + length > end) throw new ProtocolError(`a ${what} in OP_MSG has length ${length}`);
  return bytes.subarray(at, at + length);
}

/** What stands before the document in a reply: header, flags, the kind of the section. */
export const OP_MSG_HEADROOM = HEADER_BYTES + 5;

/** Frames a reply in place: `frame` has `OP_MSG_HEADROOM` free bytes before its document. `replyId` is the server's own message number. */
export function frameOpMsg(replyId: number, responseTo: number, frame: Buffer, moreToCome = false): Buffer {
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(replyId, 4);
  frame.writeInt32LE(responseTo, 8);
  frame.writeInt32LE(OP_MSG, 12);
  frame.writeUInt32LE(moreToCome ? MORE_TO_COME : 0, HEADER_BYTES);
  frame[HEADER_BYTES + 4] = 0;
  return frame;
}
