import { typeOf } from './problem-types.js';
import type { ProblemCode } from './problem-types.js';

/** One thing that is wrong with the request. */
export interface RequestError {
  /** JSON pointer into the body (`/from/externalUserId`), or the parameter's name for query and headers (`?limit`). */
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly RequestError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the document: what the sender needs to go on, such as the id of the open conversation. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Ends a request with a problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: ProblemCode,
    private readonly options: ProblemOptions = {},
  ) {
    super(code, { cause: options.cause });
    const { status, retryAfter } = typeOf(code);
    this.status = status;
    this.members = options.members ?? {};
    this.headers =
      retryAfter === undefined ? (options.headers ?? {}) : { 'retry-after': `${retryAfter}`, ...options.headers };
  }

  /** `instance`: the path of the request. */
  document(instance: string): Readonly<Record<string, unknown>> {
    const { detail, errors } = this.options;
    const type = typeOf(this.code);
    return {
      ...this.members,
      type: `/problems/${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      detail: detail ?? type.sentence,
      instance,
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

/** `conversation-open` → `Conversation open`. */
export function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
