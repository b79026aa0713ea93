export * from './engine.js';
export { instanceStream, workflowStream } from './events.js';
export type { OutcomeEvent } from './events.js';
export { instanceId, workflowsModel } from './instance.js';
export type { WorkflowInstance } from './instance.js';
export { outcomeDecider } from './outcomes.js';
export type { OutcomeRefusal } from './outcomes.js';
export { workflowsProjection } from './project.js';
