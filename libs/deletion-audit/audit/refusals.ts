import type { Refusal } from '#event-sourcing';

export type AuditRefusal = Refusal<'unknown-erasure'>;

export const auditRefusals: readonly {
  readonly code: AuditRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'unknown-erasure',
    rule: 'DEL-4',
    sentence: 'No deletion was recorded under this id, or it is not as far as that.',
  },
];
