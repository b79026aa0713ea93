import { accessLogProjection } from './access-log-view/index.js';

export { accessLogEvents } from './accesses/index.js';

/** The context's read models. */
export const accessLogProjections = [accessLogProjection];
