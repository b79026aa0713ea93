import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { answerSchemas, operationAnswers } from './answer-schemas.js';
import { problemSchema } from './problem-schema.js';

/**
 * Serves `/openapi.json`, made from the controllers, their DTOs and the types that their methods answer with, and
 * `/docs`, the same to read. Answers the description.
 */
export function serveDescription(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Inbox Ledger')
    .setDescription(
      'An event-sourced customer inbox. Errors are problem documents (RFC 9457), listed in docs/problems.md.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const description = withAnswers(SwaggerModule.createDocument(app, about));
  SwaggerModule.setup('docs', app, description, { jsonDocumentUrl: 'openapi.json', raw: ['json'] });
  return description;
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const problem = {
  description: 'a problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Nest describes what comes in; what goes out is known by the types alone, which are gone when it runs. */
function withAnswers(description: OpenAPIObject): OpenAPIObject {
  const schemas = { ...description.components?.schemas, ...answerSchemas, Problem: problemSchema };
  const paths: OpenAPIObject['paths'] = {};
  for (const [path, methods] of Object.entries(description.paths)) {
    const operations = Object.entries(methods as Record<string, Operation>);
    paths[path] = Object.fromEntries(operations.map(([method, operation]) => [method, answering(operation)] as const));
  }
  return { ...description, components: { ...description.components, schemas }, paths };
}

/** What is not done as asked is a problem; the redirects of merged contacts are problems too. */
function answering(operation: Operation): Operation {
  const schema = operationAnswers[operation.operationId ?? ''];
  const success = schema && { description: 'done', content: { 'application/json': { schema } } };
  const responses: Operation['responses'] = { default: problem };
  for (const [status, response] of Object.entries(operation.responses)) {
    responses[status] = success ?? response;
  }
  return { ...operation, responses };
}
