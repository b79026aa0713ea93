import type { Command, Decider, Refusal } from '../decider.js';
import type { WorkflowPorts } from '../workflow.js';
import { workflowStream } from './events.js';
import type { WorkflowAdvanced, WorkflowEnabled } from './events.js';
import { toDoHeader } from './to-do-header.js';

type Enable = Command<'Enable', { readonly workflow: string }>;

/** A workflow is enabled once; its starting position stays, whatever restarts come. */
const enablingDecider: Decider<Enable, WorkflowEnabled | WorkflowAdvanced, 'disabled' | 'enabled', Refusal<never>> = {
  initial: 'disabled',
  evolve: (state, { type }) => (type === 'WorkflowEnabled' ? 'enabled' : state),
  decide: ({ workflow }, state) => (state === 'enabled' ? [] : [{ type: 'WorkflowEnabled', data: { workflow } }]),
};

export async function enable(ports: WorkflowPorts, workflow: string): Promise<void> {
  const header = toDoHeader(ports, workflow, { key: workflow, beganWith: '0', id: 'enable' });
  const command: Enable = { ...header, causationId: header.commandId, type: 'Enable', workflow };
  await ports.runner.run(enablingDecider, workflowStream(workflow), command);
}
