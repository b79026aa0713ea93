export {
  composedValues,
  contactsNamed,
  evolveMerges,
  mergedWith,
  speakerFor,
  unmerged,
  withoutBorrowed,
} from './merges.js';
export type { Absorbed, Merges, MergesEvent } from './merges.js';
export { nameFor, namingOf, seenIdentities } from './name.js';
export type { NamedProfile } from './name.js';
export { channelsOfProfile, evolveProfile } from './profile.js';
export type { ContactProfile, ProfileEvent, ProfileIdentity, ProfileValue } from './profile.js';
export { profileSteps } from './steps.js';
export { wholeProfile } from './whole.js';
export type { WholeProfile } from './whole.js';
