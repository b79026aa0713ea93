export { AttributesModule } from './attributes.module.js';
