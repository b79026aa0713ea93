import type { AttributesEvent } from '#attributes/attributes';
import { StoreUnavailable } from '#event-sourcing';
import type { CommandHeader, Position, ToDo, Workflow, WorkflowPorts } from '#event-sourcing';
import { dayOfInstant } from '../condition/index.js';
import { followCircumstances, groupDirectory } from '../groups/index.js';

interface Switched {
  /** `null`: it was never switched. */
  readonly vipEnabled: boolean | null;
  readonly position: Position;
}

interface Follow extends ToDo {
  readonly vipEnabled: boolean;
  readonly position: Position;
}

type VipSwitched = Extract<AttributesEvent, { type: 'AttributeEnabled' | 'AttributeDisabled' }>;

/** When VIP is switched on or off, then the groups whose conditions ask for it follow (ATT-6). */
export const followVip: Workflow<VipSwitched, Switched, Follow> = {
  name: 'follow-vip',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['AttributeEnabled', 'AttributeDisabled']),
  key: ({ data }) => (data.alias === 'vip' && data.medium === undefined ? 'vip' : undefined),
  initial: { vipEnabled: null, position: 0 },
  evolve: (_switched, { type, position }) => ({ vipEnabled: type === 'AttributeEnabled', position }),
  react: ({ vipEnabled, position }) =>
    vipEnabled === null ? [] : [{ id: `switch at ${position}`, name: 'tell the groups', vipEnabled, position }],
  owners: () => [],
  performer: (ports) => ({ perform: (todo, { header }) => tellGroups(ports, todo, header) }),
};

async function tellGroups(
  { runner, views, ids }: WorkflowPorts,
  { vipEnabled, position }: Follow,
  header: CommandHeader,
): Promise<Position> {
  if (views.position < position) throw new StoreUnavailable('event-store', 'the configuration is not there yet');
  const circumstances = { day: dayOfInstant(header.at), vipEnabled };
  let settled = position;
  for (const groupId of views.read(groupDirectory).keys()) {
    const commandId = ids.derivedUuid('follow-vip', header.commandId, groupId);
    const step = { ...header, commandId, causationId: header.commandId };
    const told = await followCircumstances(runner, step, { groupId, circumstances });
    if (told.accepted) settled = Math.max(settled, told.position);
  }
  return settled;
}
