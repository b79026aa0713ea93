import { accessDirectory } from '#access/user';
import type { Workflow, WorkflowPorts } from '#event-sourcing';
import { takeOffAll } from '../take-off-all.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { AccessLost, LookAtAccess, LossState } from './todo.js';

/** When somebody loses access, then they are off the conversations on channels that they lack (ASG-6). */
export const whenAccessIsLostThenUnassign: Workflow<AccessLost, LossState, LookAtAccess> = {
  name: 'when-access-is-lost-then-unassign',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set([
    'ChannelAccessRevoked',
    'AllChannelAccessRevoked',
    'UserDeactivated',
    'UserRoleChanged',
    'TeamMemberRemoved',
    'TeamChannelAccessRevoked',
    'TeamArchived',
  ]),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({
    async perform({ lostAt }, { key, header }) {
      // The directory of this process can lag behind the event that brought it here.
      await ports.views.waitFor(lostAt);
      let position = 0;
      for (const userId of affected(ports, key)) {
        const commandId = ports.ids.derivedUuid('access-lost', header.commandId, userId);
        const own = { ...header, commandId, causationId: header.commandId };
        position = Math.max(position, await takeOffAll(ports, own, { userId, offline: false }));
      }
      return position;
    },
  }),
};

function affected({ views }: WorkflowPorts, key: string): readonly string[] {
  const [kind, id = ''] = key.split(' ');
  if (kind === 'user') return [id];
  return [...(views.read(accessDirectory).teams.get(id)?.members ?? [])];
}
