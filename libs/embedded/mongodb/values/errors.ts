/** The names MongoDB gives to its error codes; a code without a name is called `Location<code>`. */
const codeNames: ReadonlyMap<number, string> = new Map([
  [1, 'InternalError'],
  [2, 'BadValue'],
  [4, 'NoSuchKey'],
  [8, 'UnknownError'],
  [9, 'FailedToParse'],
  [11, 'UserNotFound'],
  [13, 'Unauthorized'],
  [14, 'TypeMismatch'],
  [15, 'Overflow'],
  [16, 'InvalidLength'],
  [17, 'ProtocolError'],
  [20, 'IllegalOperation'],
  [22, 'InvalidBSON'],
  [26, 'NamespaceNotFound'],
  [27, 'IndexNotFound'],
  [28, 'PathNotViable'],
  [31, 'RoleNotFound'],
  [34, 'CannotBackfillArray'],
  [40, 'ConflictingUpdateOperators'],
  [43, 'CursorNotFound'],
  [48, 'NamespaceExists'],
  [50, 'MaxTimeMSExpired'],
  [52, 'DollarPrefixedFieldName'],
  [53, 'InvalidIdField'],
  [54, 'NotSingleValueField'],
  [55, 'InvalidDBRef'],
  [56, 'EmptyFieldName'],
  [57, 'DottedFieldName'],
  [59, 'CommandNotFound'],
  [61, 'ShardKeyNotFound'],
  [66, 'ImmutableField'],
  [67, 'CannotCreateIndex'],
  [68, 'IndexAlreadyExists'],
  [72, 'InvalidOptions'],
  [73, 'InvalidNamespace'],
  [79, 'UnknownReplWriteConcern'],
  [85, 'IndexOptionsConflict'],
  [86, 'IndexKeySpecsConflict'],
  [93, 'InvalidPipelineOperator'],
  [96, 'OperationFailed'],
  [100, 'UnsatisfiableWriteConcern'],
  [112, 'WriteConflict'],
  [115, 'CommandNotSupported'],
  [121, 'DocumentValidationFailure'],
  [123, 'NotAReplicaSet'],
  [136, 'CappedPositionLost'],
  [166, 'CommandNotSupportedOnView'],
  [168, 'InvalidPipelineOperator'],
  [171, 'CannotIndexParallelArrays'],
  [175, 'QueryPlanKilled'],
  [183, 'AmbiguousIndexKeyPattern'],
  [186, 'ClientMetadataCannotBeMutated'],
  [197, 'InvalidIndexSpecificationOption'],
  [224, 'QueryFeatureNotAllowed'],
  [237, 'CursorKilled'],
  [241, 'ConversionFailure'],
  [263, 'OperationNotSupportedInTransaction'],
  [292, 'QueryExceededMemoryLimitNoDiskUseAllowed'],
  [303, 'APIVersionError'],
  [334, 'Unauthorized'],
  [11000, 'DuplicateKey'],
  [13388, 'StaleConfig'],
  [17419, 'Location17419'],
]);

/** The name clients see beside a code. */
export const codeNameOf = (code: number): string => codeNames.get(code) ?? `Location${code}`;

/** A failure that a client is to see: its `code` and `codeName` are the contract, its message is for people. */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.codeName = codeNameOf(code);
  }
}
