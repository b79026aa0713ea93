export { closeIdleConversations } from './workflow.js';
