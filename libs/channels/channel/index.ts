export { channelEvents, channelSecrets, channelStream } from './events.js';
export type { ChannelEvent, ChannelSecretName } from './events.js';
export { connectableMedia, defaultIdScope, media } from './media.js';
export type { Medium } from './media.js';
