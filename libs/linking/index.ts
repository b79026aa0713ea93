import { linkPairsProjection } from './link-pairs/index.js';
import { linkValuesProjection } from './link-values/index.js';
import { linkEvents } from './link/index.js';
import { linksProjection } from './links/index.js';

export { LinkingModule } from './linking.module.js';

/** The context's part of the catalogue. */
export const linkingEvents = linkEvents;

/** The context's read models. */
export const linkingProjections = [linksProjection, linkPairsProjection, linkValuesProjection];
