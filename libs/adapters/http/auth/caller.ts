/** Who calls, from a checked token. */
export interface Caller {
  /** The token's `sub`: the id of the user. */
  readonly subject: string;
  readonly role: CallerRole;
  readonly name: string;
}

export const callerRoles = ['admin', 'agent', 'service', 'analyst', 'auditor'] as const;
export type CallerRole = (typeof callerRoles)[number];

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of a route that asks for a token; absent on public and signed routes. */
    caller: Caller | undefined;
  }
}
