export { rollOverLongConversations } from './workflow.js';
