import type { CommandHeader, CommandRunner, Ids } from '#event-sourcing';
import { userDecider } from './decide.js';
import { userStream } from './events.js';
import type { UserRole } from './events.js';

/**
 * Makes the users known who come with a fresh installation; people among them have access to every channel.
 * Doing it again changes nothing.
 */
export async function admitFirstUsers(
  runner: CommandRunner,
  ids: Ids,
  at: string,
  users: readonly { readonly userId: string; readonly name: string; readonly role: UserRole }[],
): Promise<void> {
  for (const user of users) {
    const stream = userStream(user.userId);
    const header = (step: string): CommandHeader => {
      const commandId = ids.derivedUuid('first-user', step, user.userId);
      const actor = { id: 'installation', role: 'workflow' } as const;
      return {
        commandId,
        commandHash: ids.keyed(commandId),
        correlationId: commandId,
        causationId: commandId,
        actor,
        at,
      };
    };
    await runner.run(userDecider, stream, { ...header('register'), type: 'RegisterUser', ...user });
    if (user.role === 'admin' || user.role === 'agent') {
      const { userId } = user;
      await runner.run(userDecider, stream, { ...header('access'), type: 'GrantAllChannelAccess', userId });
    }
  }
}
