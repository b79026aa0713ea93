import type { GrpcCall } from '../transport/grpc-call.js';
import type { MethodHandler } from '../transport/listener.js';
import { frame } from '../transport/message-frames.js';
import { GrpcError, Status } from '../transport/status.js';
import { toGrpcError } from './errors.js';
import type { Codec } from './messages/codec.js';

/** A method with one request, whatever it answers with. */
export function oneRequest<Request>(
  codec: Codec<Request>,
  serve: (request: Request, call: GrpcCall) => Promise<void>,
): MethodHandler {
  return (call) => {
    let received: Request | undefined;
    call.receive(
      (message) => {
        received = codec.decode(message);
      },
      () => {
        if (received === undefined) throw new GrpcError(Status.internal, 'the request has no message');
        serve(received, call).catch((error: unknown) => {
          call.fail(toGrpcError(error));
        });
      },
    );
  };
}

/** A method with one request and one reply; without a reply the call has ended by itself. */
export function unary<Request, Response>(
  request: Codec<Request>,
  response: Codec<Response>,
  answer: (request: Request, call: GrpcCall) => Promise<Response | undefined>,
): MethodHandler {
  return oneRequest(request, async (received, call) => {
    const reply = await answer(received, call);
    if (reply !== undefined) call.end(frame(response.encode(reply)));
  });
}
