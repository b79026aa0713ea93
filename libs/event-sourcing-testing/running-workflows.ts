import { createProjectionEngine, createWorkflowEngine, workflowsProjection } from '#event-sourcing';
import type { AnyWorkflow, ErasureEvent, WorkflowPorts } from '#event-sourcing';
import { createInMemoryDocuments } from './documents-in-memory.js';
import type { InMemoryDocuments } from './documents-in-memory.js';
import { createTestKeyRing, nothingToScavenge } from './in-memory-key-store.js';
import { readProjected } from './read-models-in-memory.js';

/** Ports that few workflows ask for. */
type KeyPorts = 'keys' | 'scavenger';

const nobody: ErasureEvent = { stream: 'nobody', type: 'Nobody', contactIds: () => [] };
let workers = 0;

/** A worker in small: projects the instances of the workflows and acts on them, until it is stopped. */
export async function startWorker(
  workflows: readonly AnyWorkflow[],
  given: Omit<WorkflowPorts, 'models' | KeyPorts> & Partial<Pick<WorkflowPorts, KeyPorts>>,
  options: {
    /** Shared by all workers of a test, and kept over their restarts. */
    readonly documents?: InMemoryDocuments;
    readonly stumbled: (fault: unknown) => void;
  },
): Promise<{ stop(): Promise<void> }> {
  const { stumbled } = options;
  const { store, clock } = given;
  const documents = options.documents ?? createInMemoryDocuments({ clock });
  const holder = `worker ${workers++}`;
  const projections = [workflowsProjection(workflows)];
  const lease = { holder, leaseMilliseconds: 2_000, stumbled };
  const projecting = createProjectionEngine({
    store,
    documents,
    projections,
    clock,
    erasure: nobody,
    failed: stumbled,
    ...lease,
  });
  const acting = createWorkflowEngine({
    workflows,
    ports: {
      keys: createTestKeyRing(),
      scavenger: nothingToScavenge,
      ...given,
      models: readProjected(documents),
    },
    documents,
    ...lease,
  });
  await projecting.start();
  await acting.start();
  return {
    async stop() {
      await acting.stop();
      await projecting.stop();
    },
  };
}
