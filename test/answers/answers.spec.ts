import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { answerTypes } from './answer-types.js';
import type { AnswerTypes, Schema } from './answer-types.js';

const root = resolve(import.meta.dirname, '../..');
const isController = (fileName: string): boolean => /\/libs\/adapters\/http\/.*\.controller\.ts$/.test(fileName);

function program(): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.build.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames.filter(isController), { ...options, incremental: false });
}

/** One line a type, so that a change of one shows as a change of its line. */
function sourceOf({ operations, schemas }: AnswerTypes): string {
  const lines = (entries: Readonly<Record<string, Schema>>): string =>
    Object.entries(entries)
      .map(([name, schema]) => `  ${name}: ${JSON.stringify(schema)},\n`)
      .join('');
  return `// Made from the return types of the controllers by \`UPDATE_DOCS=1 bin/jest test/answers\`.
import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** What each operation answers with when it does what it is asked. */
export const operationAnswers: Schemas = {
${lines(operations)}};

/** The types that answers are made of. */
export const answerSchemas: Schemas = {
${lines(schemas)}};
`;
}

it('the schemas of the answers are what the controllers declare (UPDATE_DOCS=1 writes them)', async () => {
  const path = join(root, 'libs/adapters/http/operations/answer-schemas.ts');
  const made = sourceOf(answerTypes(program(), isController));
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(path, made);
  expect(await readFile(path, 'utf8')).toBe(made);
});
