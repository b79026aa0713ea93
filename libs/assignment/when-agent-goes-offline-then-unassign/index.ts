export { whenAgentGoesOfflineThenUnassign } from './workflow.js';
