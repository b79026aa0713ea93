export { parsePipeline, runPipeline } from './pipeline.js';
export { selectFrom } from './select.js';
export type { Flow, Output, Pipeline, Selection, Sources, StageContext } from './stage.js';
