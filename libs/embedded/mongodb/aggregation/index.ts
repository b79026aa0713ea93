export { parsePipeline, runPipeline } from './pipeline.js';
export type { Flow, Output, Pipeline, Selection, Sources, StageContext } from './stage.js';
