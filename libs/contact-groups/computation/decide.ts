import type { Command, CommandHeader, CommandResult, CommandRunner, Decider } from '#event-sourcing';
import { computationStream } from './events.js';
import type { ComputationEvent } from './events.js';

/** The id up to which contacts have been looked at. */
type Progress = string | null;

export type RecordMembersFound = Command<
  'RecordMembersFound',
  ComputationEvent['data'] & {
    /** Where this part of the search began; `null`: at the first contact. */
    readonly after: string | null;
  }
>;

/** Each part of the search is recorded once, whoever did it. */
export const computationDecider: Decider<RecordMembersFound, ComputationEvent, Progress, never> = {
  initial: null,
  evolve: (_progress, { data }) => data.upTo,
  decide({ groupId, version, contactIds, checked, upTo, after }, progress) {
    if (progress !== after) return [];
    return [{ type: 'ContactGroupMembersFound', data: { groupId, version, contactIds, checked, upTo } }];
  },
};

export function recordMembersFound(
  runner: CommandRunner,
  header: CommandHeader,
  found: Omit<RecordMembersFound, keyof CommandHeader | 'type'>,
): Promise<CommandResult<ComputationEvent, never>> {
  const stream = computationStream(found.groupId, found.version);
  return runner.run(computationDecider, stream, { ...header, type: 'RecordMembersFound', ...found });
}
