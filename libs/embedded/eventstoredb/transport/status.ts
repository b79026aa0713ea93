/** gRPC status codes that this server answers with. */
export const Status = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
} as const;

export type StatusCode = (typeof Status)[keyof typeof Status];

/** Ends a call with a status other than OK. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError';
  readonly code: StatusCode;
  /** Further trailers; the values are made fit for a header here. */
  readonly trailers: Readonly<Record<string, string>>;

  constructor(code: StatusCode, message: string, trailers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.trailers = trailers;
  }
}

export function invalidArgument(message: string): GrpcError {
  return new GrpcError(Status.invalidArgument, message);
}

/** Percent-encodes what a header value must not hold: all but printable ASCII, and the percent sign itself. */
export function encodeHeaderValue(text: string): string {
  return text.toWellFormed().replaceAll(/[^ -~]+|%/gu, (found) => (found === '%' ? '%25' : encodeURIComponent(found)));
}

/** Clients take 64 KiB of headers, and lose the call with what is more: a stream name may be longer than that. */
const LONGEST_MESSAGE = 1_000;
const LONGEST_TRAILER = 50_000;

export function statusTrailers(error?: GrpcError): Record<string, string> {
  if (!error) return { 'grpc-status': '0' };
  const trailers: Record<string, string> = {
    'grpc-status': String(error.code),
    'grpc-message': encodeHeaderValue(error.message.slice(0, LONGEST_MESSAGE)),
  };
  for (const [name, value] of Object.entries(error.trailers))
    trailers[name] = encodeHeaderValue(value).slice(0, LONGEST_TRAILER);
  return trailers;
}
