export { dossierOf } from './dossier.js';
export type { Dossier } from './dossier.js';
