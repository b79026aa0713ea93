export { AssignContact, contactAssignmentHandlers, UnassignContact } from './handlers.js';
