import { attemptsRefusals } from '#deletion-audit/attempts';
import type { AttemptsRefusal } from '#deletion-audit/attempts';
import { auditRefusals } from '#deletion-audit/audit';
import type { AuditRefusal } from '#deletion-audit/audit';
import type { ProblemType } from './problem-types.js';

export type RefusalCode = (AttemptsRefusal | AuditRefusal)['code'];

/** The status of each refusal; the compiler asks for one when a rule gets a new code. */
const statuses: Readonly<Record<RefusalCode, number>> = {
  'too-many-attempts': 429,
  'unknown-erasure': 404,
};

/** What the rules of the contexts say no with. */
export const refusalTypes: readonly (readonly [RefusalCode, ProblemType])[] = [
  ...attemptsRefusals,
  ...auditRefusals,
].map(({ code, rule, sentence }) => [code, { status: statuses[code], rule, sentence }]);
