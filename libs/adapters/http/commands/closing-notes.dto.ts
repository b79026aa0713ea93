import { OptionalId, Text } from '../bodies/fields.js';

export class RenameClosingCategoryBody {
  @Text(200) readonly name!: string;
}

export class AddClosingCategoryBody {
  @Text(200) readonly name!: string;
  /** The category that it stands under; nested one level. */
  @OptionalId() readonly parentId?: string;
}
