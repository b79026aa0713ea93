import { membershipIn } from '#contact-groups/members';
import { vipGroupId } from '#contact-groups/groups';
import type { GroupConfiguration } from '#contact-groups/groups';
import type { Condition } from '#event-sourcing';
import { groupToken } from '../contact-search/index.js';
import { halfTyped, wordsIn } from '../words/index.js';
import type { SearchWords } from '../words/index.js';

/**
 * The condition that all words match. A database that goes by the first of them finds a long word there, the rarest as a
 * rule; what is half typed is the most common. With groups, a word also finds the members of a group that has it in its name.
 */
export function tokensFound({ whole, half }: SearchWords, groups?: GroupConfiguration): Condition {
  const { tokens, startsWith } = halfTyped(half);
  const byLength = whole.toSorted((one, other) => other.length - one.length);
  const words = byLength.map((word) => [word, ...groupTokens((name) => name === word, groups)]);
  const members = groupTokens((name) => name.startsWith(half), groups);
  const each = [...words, [...tokens, ...members]];
  return { each: startsWith === undefined ? each : [...each, [{ startsWith }, ...members]] };
}

function groupTokens(
  hasWord: (word: string) => boolean,
  configuration: GroupConfiguration | undefined,
): readonly string[] {
  if (!configuration) return [];
  const named = [
    [vipGroupId, 'VIP'] as const,
    ...[...configuration.groups].map(([id, { name }]) => [id, name] as const),
  ];
  return named
    .filter(([, name]) => wordsIn(name).some(hasWord))
    .map(([groupId]) => membershipIn(groupId, configuration))
    .filter((membership) => membership !== undefined)
    .map(groupToken);
}
