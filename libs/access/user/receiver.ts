import type { AccessDirectory } from './directory.js';
import { assigneeAccessOf } from './viewer.js';
import type { ChannelAccess } from './viewer.js';

/** Whom somebody wants something to be given to. */
export type Target = { readonly userId: string } | { readonly teamId: string };

/** Whom it is to be given to, with what was looked up about them (ASG-2). */
export type Receiver =
  | {
      readonly userId: string;
      /** `undefined`: there is no such active user. */
      readonly access: ChannelAccess | undefined;
    }
  | {
      readonly teamId: string;
      /** False: there is no such team, or it is archived. */
      readonly exists: boolean;
    };

export function receiverOf(directory: AccessDirectory, target: Target): Receiver {
  if ('userId' in target) return { userId: target.userId, access: assigneeAccessOf(directory, target.userId) };
  return { teamId: target.teamId, exists: directory.teams.get(target.teamId)?.archived === false };
}
