export { teamEvents, teamStream } from './events.js';
export type { TeamEvent } from './events.js';
export {
  ArchiveTeam,
  CreateTeam,
  RenameTeam,
  ReplaceTeamChannels,
  ReplaceTeamMembers,
  teamHandlers,
} from './handlers.js';
export { teamRefusals } from './refusals.js';
export type { TeamRefusal } from './refusals.js';
export type { Team } from './state.js';
export { giveTurn } from './turns.js';
