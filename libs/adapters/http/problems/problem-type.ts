/**
 * What a problem code means on the outside. Codes and their addresses (`/problems/<code>`) never change their meaning.
 */
export interface ProblemType {
  readonly status: number;
  readonly sentence: string;
  /** Rule of the domain that says so; none for the conventions of HTTP. */
  readonly rule?: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
}
