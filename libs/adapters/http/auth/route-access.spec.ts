import { describe, expect, it } from '@jest/globals';
import { accessOf, methodsOf, routeAccess } from './route-access.js';

describe('the table of routes', () => {
  it('names each route once', () => {
    const names = routeAccess.map(({ method, path }) => `${method} ${path}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('lets an admin call whatever an agent may', () => {
    const agentOnly = routeAccess.filter(
      ({ access }) => typeof access !== 'string' && access.includes('agent') && !access.includes('admin'),
    );
    expect(agentOnly).toEqual([]);
  });

  it('treats HEAD as GET', () => {
    expect(accessOf('HEAD', '/v1/queue')).toEqual(['admin', 'agent']);
  });

  it('has nothing to say about a route that it does not list', () => {
    expect(accessOf('TRACE', '/v1/queue')).toBeUndefined();
  });

  it('tells the methods of a real path among those served', () => {
    expect(methodsOf('/v1/contacts/c1/notes/n1', () => true)).toEqual(['PATCH', 'DELETE']);
    expect(methodsOf('/v1/channels', ({ method }) => method === 'GET')).toEqual(['GET', 'HEAD']);
    expect(methodsOf('/v1/nothing', () => true)).toEqual([]);
  });
});
