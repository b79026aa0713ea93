import type { Target } from '#access/user';
import { OptionalId } from '../bodies/fields.js';
import { Problem } from '../problems/problem.js';

/** A user or a team: one of the two. */
export class AssigneeBody {
  @OptionalId() readonly userId?: string;
  @OptionalId() readonly teamId?: string;
}

/** Throws `validation` unless exactly one is named. */
export function targetOf({ userId, teamId }: AssigneeBody): Target {
  if (userId !== undefined && teamId === undefined) return { userId };
  if (teamId !== undefined && userId === undefined) return { teamId };
  throw new Problem('validation', { errors: [{ pointer: '', detail: 'has to name either userId or teamId' }] });
}
