import { Id } from '../bodies/fields.js';

export class MergePreviewQuery {
  /** The contact that would be merged into this one. */
  @Id() readonly with!: string;
}
