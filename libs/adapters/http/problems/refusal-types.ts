import { userRefusals } from '#access/user';
import type { UserRefusal } from '#access/user';
import { attributesRefusals } from '#attributes/attributes';
import type { AttributesRefusal } from '#attributes/attributes';
import { channelRefusals } from '#channels/channel';
import type { ChannelRefusal } from '#channels/channel';
import { attemptsRefusals } from '#deletion-audit/attempts';
import type { AttemptsRefusal } from '#deletion-audit/attempts';
import { auditRefusals } from '#deletion-audit/audit';
import type { AuditRefusal } from '#deletion-audit/audit';
import type { ProblemType } from './problem-types.js';

export type RefusalCode = (AttributesRefusal | ChannelRefusal | UserRefusal | AttemptsRefusal | AuditRefusal)['code'];

/** The status of each refusal; the compiler asks for one when a rule gets a new code. */
const statuses: Readonly<Record<RefusalCode, number>> = {
  'not-found': 404,
  'medium-not-available': 422,
  'id-scope-fixed': 409,
  'unknown-channel': 422,
  'access-to-all-channels': 409,
  'alias-taken': 409,
  'options-needed': 422,
  'options-not-taken': 422,
  'options-not-distinct': 422,
  'not-repeatable': 422,
  'too-many-attempts': 429,
  'unknown-erasure': 404,
};

const refusals = [...attributesRefusals, ...channelRefusals, ...userRefusals, ...attemptsRefusals, ...auditRefusals];

/** What the rules of the contexts say no with. */
export const refusalTypes: readonly (readonly [RefusalCode, ProblemType])[] = refusals.map(
  ({ code, rule, sentence }) => [code, { status: statuses[code], rule, sentence }],
);
