import { fastify } from 'fastify';
import type { FastifyRequest } from 'fastify';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

/** The parts of `/openapi.json` that tell what is answered. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

interface Given {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Throws at an answer that is not as the description says, also at a member that it does not know. */
export type AnswerCheck = (answer: Given) => void;

type Compile = FastifyRequest['compileValidationSchema'];

export async function createAnswerCheck({ paths, components }: Description): Promise<AnswerCheck> {
  const compile = await schemaCompiler();
  const validators = new Map<string, ReturnType<Compile>>();
  return ({ method, path, status, body }) => {
    const [address = ''] = path.split('?');
    const pattern = patternOf(Object.keys(paths), address);
    const operation = pattern === undefined ? undefined : paths[pattern]?.[method.toLowerCase()];
    if (!operation) return;
    const success = Object.keys(operation.responses).find((known) => known.startsWith('2'));
    const kind = status < 300 ? success : 'default';
    const content = operation.responses[kind ?? '']?.content;
    const schema = content?.['application/json']?.schema ?? content?.['application/problem+json']?.schema;
    if (!schema) return;
    const name = `${method} ${pattern} ${kind}`;
    // Problems carry further members, each its own.
    const whole = { components, allOf: [schema] };
    const validate = validators.get(name) ?? compile(status < 300 ? closed(whole) : whole);
    validators.set(name, validate);
    if (!validate(body)) throw new Error(`${name} is not as described: ${JSON.stringify(validate.errors)}`);
  };
}

/** Fastify's own, which coerces nothing here: what is answered is checked as it is. */
async function schemaCompiler(): Promise<Compile> {
  const customOptions = { coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false } as const;
  const server = fastify({ ajv: { customOptions } });
  return new Promise((resolve, reject) => {
    server.get('/', (request) => {
      resolve((schema) => request.compileValidationSchema(schema));
      return {};
    });
    server.inject('/').catch(reject);
  });
}

/** The described path that an address means; one that is spelled out comes before one with a parameter. */
function patternOf(patterns: readonly string[], address: string): string | undefined {
  const segments = address.split('/');
  return patterns
    .filter((pattern) => {
      const parts = pattern.split('/');
      return parts.length === segments.length && parts.every((part, i) => part.startsWith('{') || part === segments[i]);
    })
    .toSorted((a, b) => a.split('{').length - b.split('{').length)[0];
}

/** Clients must bear a member that is new; the product must not answer with one that it did not declare. */
function closed(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (_name, value: unknown) =>
    isOpenObject(value) ? { ...value, additionalProperties: false } : value,
  ) as object;
}

const isOpenObject = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  'properties' in value &&
  'type' in value &&
  value.type === 'object' &&
  !('additionalProperties' in value);
