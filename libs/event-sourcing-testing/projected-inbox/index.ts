export * from './harness.js';
export * from './histories.js';
export * from './inbox.js';
