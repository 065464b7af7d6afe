import { ALL_EVENTS, ALL_OPERATIONS, asyncApiDocument, openApiDocument } from '#leadwire/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** Serves the OpenAPI document as a page (/docs) and as JSON (/openapi.json), and the AsyncAPI document (/asyncapi.json). */
export function serveDocuments(app: NestFastifyApplication): void {
  const openApi = openApiDocument(ALL_OPERATIONS);
  SwaggerModule.setup('docs', app, openApi as unknown as OpenAPIObject, { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
  const asyncApi = JSON.stringify(asyncApiDocument(ALL_EVENTS));
  app.getHttpAdapter().getInstance().get('/asyncapi.json', (_request, reply) => {
    void reply.header('content-type', 'application/json; charset=utf-8').send(asyncApi);
  });
}
