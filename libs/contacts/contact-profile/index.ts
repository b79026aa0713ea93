export { nameOfProfile } from './name.js';
export { channelsOfProfile, evolveProfile } from './profile.js';
export type { ContactProfile, ProfileEvent, ProfileIdentity, ProfileValue } from './profile.js';
export { profileSteps } from './steps.js';
