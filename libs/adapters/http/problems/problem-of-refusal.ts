import type { Refusal } from '#event-sourcing';
import type { ProblemCode } from './problem-types.js';
import { Problem } from './problem.js';

/** What a rule's refusal is answered with: its data are members of the document. */
export function problemOfRefusal<Code extends ProblemCode>({ code, ...members }: Refusal<Code>): Problem {
  return new Problem(code, { members });
}
