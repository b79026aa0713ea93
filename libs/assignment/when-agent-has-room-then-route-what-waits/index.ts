export { whenAgentHasRoomThenRouteWhatWaits } from './workflow.js';
