import type { Campaign } from '../lease-campaign.js';
import { createCampaign } from '../lease-campaign.js';
import type { Documents } from '../ports/documents.js';
import type { AnyWorkflow, WorkflowPorts } from '../workflow.js';
import { actOnInstances } from './act.js';
import { enable } from './enable.js';
import { workflowsProjection } from './project.js';

export interface WorkflowEngineOptions {
  readonly workflows: readonly AnyWorkflow[];
  readonly ports: WorkflowPorts;
  /** Where the leases and the progress of the models are. */
  readonly documents: Documents;
  /** Name of this process among those that could do the work. */
  readonly holder: string;
  /** After so long without a sign of life another process takes over. Milliseconds. */
  readonly leaseMilliseconds?: number;
  /** Something went wrong and is being tried again: for the log. */
  readonly stumbled: (fault: unknown) => void;
}

const leaseName = 'workflows';
const defaultLease = 10_000;

/**
 * Does what the workflows' instances want done when it is due. Of all engines on one database one acts, the others wait
 * to take over. Should two act for a moment, the derived command ids make it one effect.
 */
export function createWorkflowEngine(options: WorkflowEngineOptions): Campaign {
  const { workflows, ports, documents, holder, leaseMilliseconds = defaultLease, stumbled } = options;
  const lease = { documents, clock: ports.clock, lease: leaseName, holder, leaseMilliseconds, stumbled };
  const acting = new Map(
    workflows.map((workflow) => [workflow.name, { workflow, performer: workflow.performer(ports) }]),
  );
  const projection = workflowsProjection(workflows);
  return createCampaign(lease, async (_lease, signal) => {
    for (const workflow of workflows) await enable(ports, workflow.name);
    await actOnInstances({ acting, projection, ports, documents, stumbled }, signal);
    return undefined;
  });
}
