export { BusinessHoursModule } from './business-hours.module.js';
