export { whenMessageFailedThenWaitAgain } from './workflow.js';
