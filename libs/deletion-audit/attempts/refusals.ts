import type { Refusal } from '#event-sourcing';

export type AttemptsRefusal = Refusal<'too-many-attempts'> & {
  /** When the admin can try again. */
  readonly until: string;
};

export const attemptsRefusals: readonly {
  readonly code: AttemptsRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'too-many-attempts',
    rule: 'DEL-1',
    sentence: 'Five wrong hints in ten minutes: the admin has to wait until the time that is named.',
  },
];
