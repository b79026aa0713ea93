import { compileExpression } from '../../expressions/index.js';
import { Document, MongoError } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow } from '../stage.js';

/**
 * `$redact`: an expression decides for each document, and for those inside it, whether to keep it, drop it or look
 * deeper. Throws 17053 where it says anything else.
 */
export const redact: CompileStage = (specification, { query }) => {
  const decide = compileExpression(specification, query);
  const redacted = (document: Document): Document | undefined => {
    const verdict = decide(document);
    if (verdict === 'keep') return document;
    if (verdict === 'prune') return undefined;
    if (verdict !== 'descend') throw new MongoError(17053, '$redact must evaluate to $$DESCEND, $$PRUNE or $$KEEP');
    const result = new Document();
    for (const [name, value] of document) {
      const kept = redactedValue(value);
      if (kept !== undefined) result.set(name, kept);
    }
    return result;
  };
  const redactedValue = (value: Value): Value | undefined => {
    if (value instanceof Document) return redacted(value);
    if (!Array.isArray(value)) return value;
    return value.map(redactedValue).filter((element) => element !== undefined);
  };
  return function* (input: Flow) {
    for (const document of input) yield document === undefined ? undefined : redacted(document);
  };
};
