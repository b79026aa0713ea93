import { matches, parseFilter } from '../matching/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { plainContext } from './plain-context.js';

/** A document does not meet its collection's validator. */
export class ValidationFailure extends MongoError {
  constructor(readonly errInfo: Document) {
    super(121, 'Document failed validation');
  }
}

/** What a collection's options make of a document about to be stored: nothing, or ValidationFailure. */
export type Validator = (next: Document, before: Document | undefined) => void;

/**
 * The check that collection options declare; undefined when they declare none, or only ask for a warning. With
 * `validationLevel: moderate` a document that was invalid before may stay so.
 */
export function validatorOf(options: Document): Validator | undefined {
  const declared = options.get('validator');
  if (!(declared instanceof Document) || declared.size === 0) return undefined;
  if (options.get('validationLevel') === 'off' || options.get('validationAction') === 'warn') return undefined;
  const filter = parseFilter(declared, plainContext());
  const moderate = options.get('validationLevel') === 'moderate';
  return (next, before) => {
    if (matches(filter, next)) return;
    if (moderate && before !== undefined && !matches(filter, before)) return;
    throw new ValidationFailure(failureInfo(declared, next.get('_id') ?? null));
  };
}

function failureInfo(declared: Document, id: Value): Document {
  const [operatorName] = declared.keys();
  const details = new Document([
    ['operatorName', operatorName ?? ''],
    ['specifiedAs', declared],
  ]);
  return new Document([
    ['failingDocumentId', id],
    ['details', details],
  ]);
}
