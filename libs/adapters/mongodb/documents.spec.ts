import { startTestServer } from './testing/database.js';
import { describeDocuments } from '#event-sourcing-testing';

describeDocuments('MongoDB', async () => {
  const server = await startTestServer();
  return { documents: server.open().documents, close: () => server.close() };
});
