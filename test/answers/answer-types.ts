import ts from 'typescript';

export type Schema = Readonly<Record<string, unknown>>;

/** What the routes answer, as their controllers declare it. */
export interface AnswerTypes {
  /** By operation: `ChannelQueriesController_one`. One that writes to the socket itself has none. */
  readonly operations: Readonly<Record<string, Schema>>;
  /** The named types that they refer to. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

const verbs = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);
const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Reads the return types of the routes in the controllers that `isController` picks out of the program. */
export function answerTypes(program: ts.Program, isController: (fileName: string) => boolean): AnswerTypes {
  const checker = program.getTypeChecker();
  const schemas = new Map<string, Schema>();
  const named = new Map<string, ts.Type>();
  const operations: [string, Schema][] = [];
  for (const file of program.getSourceFiles().filter(({ fileName }) => isController(fileName))) {
    for (const controller of file.statements.filter(ts.isClassDeclaration)) {
      for (const method of controller.members.filter(ts.isMethodDeclaration).filter(isRoute)) {
        const signature = checker.getSignatureFromDeclaration(method);
        const answer = signature && checker.getAwaitedType(checker.getReturnTypeOfSignature(signature));
        if (!answer || answer.flags & ts.TypeFlags.Void) continue;
        operations.push([`${controller.name?.text ?? ''}_${method.name.getText()}`, schemaOf(answer)]);
      }
    }
  }
  return { operations: sorted(operations), schemas: sorted([...schemas]) };

  function schemaOf(type: ts.Type): Schema {
    const name = nameOf(type);
    if (name === undefined) return shapeOf(type);
    const owner = named.get(name);
    // Two files may use one name, each for a type of its own.
    if (owner !== undefined && owner !== type) return shapeOf(type);
    if (owner === undefined) {
      // Before its shape is read: a condition is made of conditions.
      named.set(name, type);
      schemas.set(name, shapeOf(type));
    }
    return reference(name);
  }

  function nameOf(type: ts.Type): string | undefined {
    if (type.aliasSymbol) return type.aliasTypeArguments ? undefined : type.aliasSymbol.name;
    const symbol = type.getSymbol();
    if (!symbol || !(symbol.flags & ts.SymbolFlags.Interface)) return undefined;
    return checker.getTypeArguments(type as ts.TypeReference).length > 0 ? undefined : symbol.name;
  }

  function shapeOf(type: ts.Type): Schema {
    if (type.isUnion()) return unionOf(type.types);
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
    if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
    if (type.flags & ts.TypeFlags.BooleanLiteral)
      return { type: 'boolean', enum: [checker.typeToString(type) === 'true'] };
    if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.Unknown) return {};
    if (checker.isTupleType(type))
      return { type: 'array', items: unionOf(checker.getTypeArguments(type as ts.TupleTypeReference)) };
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item ? schemaOf(item) : {} };
    }
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return objectOf(type);
    throw new Error(`no schema says ${checker.typeToString(type)}`);
  }

  function unionOf(types: readonly ts.Type[]): Schema {
    const told = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const texts = told.filter((type) => type.isStringLiteral());
    const booleans = told.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    const plain = [
      ...(texts.length > 0 ? [{ type: 'string', enum: texts.map(({ value }) => value).toSorted() }] : []),
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : booleans.map(shapeOf)),
    ];
    const rest = told.filter((type) => !texts.includes(type as ts.StringLiteralType) && !booleans.includes(type));
    const all = [...plain, ...rest.map(schemaOf)];
    const [only] = all;
    return only && all.length === 1 ? only : { anyOf: all.toSorted(byText) };
  }

  function objectOf(type: ts.Type): Schema {
    const properties: [string, Schema][] = [];
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const value = checker.getTypeOfSymbol(property);
      if (value.getCallSignatures().length > 0) {
        throw new Error(`${checker.typeToString(type)} is no JSON: ${property.name} is a function`);
      }
      const mayMiss = property.flags & ts.SymbolFlags.Optional || (value.isUnion() && value.types.some(isUndefined));
      if (!mayMiss) required.push(property.name);
      properties.push([
        property.name,
        value.isUnion() && value.types.some(isUndefined) ? withoutUndefined(value) : schemaOf(value),
      ]);
    }
    const any = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      ...(properties.length > 0 && { properties: sorted(properties) }),
      ...(required.length > 0 && { required: required.toSorted() }),
      ...(any && { additionalProperties: schemaOf(any) }),
    };
  }

  /** Keeps the name of what is optional. */
  function withoutUndefined(type: ts.UnionType): Schema {
    const defined = checker.getNonNullableType(type);
    return type.types.some(({ flags }) => flags & ts.TypeFlags.Null) ? unionOf(type.types) : schemaOf(defined);
  }
}

const isUndefined = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.Undefined) !== 0;
const byText = (a: Schema, b: Schema): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** The order in which the compiler meets types is its own business, and no change of what is answered. */
function sorted(entries: readonly (readonly [string, Schema])[]): Readonly<Record<string, Schema>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isRoute(method: ts.MethodDeclaration): boolean {
  return (ts.getDecorators(method) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && verbs.has(expression.expression.getText()),
  );
}
