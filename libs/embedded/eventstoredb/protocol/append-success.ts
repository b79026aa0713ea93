import type { AppendSuccess } from './messages/append.js';
import type { PositionMessage } from './messages/shared.js';

/** The success of either append: the stream's last revision, if it has one, and where the last event lies. */
export function appendSuccess(written: {
  readonly revision: number;
  readonly position: number | undefined;
}): AppendSuccess {
  return {
    ...(written.revision === -1 ? { noStream: {} } : { currentRevision: written.revision }),
    ...positionReply(written.position),
  };
}

export function positionReply(position: number | undefined) {
  return position === undefined ? { noPosition: {} } : { position: positionMessage(position) };
}

/** Commit and prepare position are the same here. */
export function positionMessage(position: number): PositionMessage {
  return { commitPosition: position, preparePosition: position };
}
