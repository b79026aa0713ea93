import type { Medium } from '#channels/channel';

/**
 * What metrics are made of (HIS-6): days, durations in milliseconds, counts, and what the admin configured. Nothing of
 * it tells who wrote, so it may outlive the contact.
 */
export interface ConversationFacts {
  /** That of the opening. */
  readonly channelId: string;
  readonly medium: Medium;
  /** `YYYY-MM-DD`, UTC. */
  readonly openedOn: string;
  readonly openedBy: string;
  /** `null`: it was not closed. */
  readonly closedOn: string | null;
  readonly closedBy: string | null;
  readonly categoryId: string | null;
  /** What the person wrote. */
  readonly messages: number;
  /** Answers of people, and of services that answer for them. */
  readonly responses: number;
  readonly botResponses: number;
  /** From the opening; `null`: it never was. */
  readonly firstAssignmentMs: number | null;
  /** How long the person had waited; `null`: nobody answered, or nobody waited. */
  readonly firstResponseMs: number | null;
  /** From the opening to the closing. */
  readonly resolutionMs: number | null;
  /** How long somebody waited for an answer, all waits together, without one that goes on. */
  readonly waitingMs: number;
}
