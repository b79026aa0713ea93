import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves `/openapi.json`, made from the controllers and their DTOs, and `/docs`, the same to read. */
export function serveDescription(app: INestApplication): void {
  const about = new DocumentBuilder()
    .setTitle('Inbox Ledger')
    .setDescription(
      'An event-sourced customer inbox. Errors are problem documents (RFC 9457), listed in docs/problems.md.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const description = SwaggerModule.createDocument(app, about);
  SwaggerModule.setup('docs', app, description, { jsonDocumentUrl: 'openapi.json', raw: ['json'] });
}
