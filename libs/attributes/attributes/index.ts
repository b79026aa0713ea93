export { attributeDirectory } from './directory.js';
export { attributeFormats, attributesEvents, attributesStream } from './events.js';
export type { AttributeFormat, AttributesEvent } from './events.js';
export { fitValue } from './fit-value.js';
export type { Misfit } from './fit-value.js';
export {
  AddAttributeOption,
  attributesHandlers,
  ChangeAttribute,
  DefineAttribute,
  ReorderAttributes,
  RetireAttributeOption,
} from './handlers.js';
export { findAttribute, platformName, vipEnabled } from './lookup.js';
export { isPlatformAlias, languageOf, platformFormat, platformValues, tellsLanguage } from './platform.js';
export type { ChannelProfile, PlatformValue } from './platform.js';
export { attributesRefusals } from './refusals.js';
export type { AttributesRefusal } from './refusals.js';
export { canMatch, matchForm, matchForms, matchKey, matchKeysOf } from './match-forms.js';
export { phoneRegions } from './phone-number.js';
export { retentionOf } from './retention.js';
export { nameOf } from './state.js';
export type { AttributeCatalogue, AttributeDefinition, AttributeOption } from './state.js';
export type { AttributeValue } from './value.js';
