/** A problem document (RFC 9457) for the description. Some carry more than this: what the sender needs to go on. */
export const problemSchema = {
  type: 'object',
  properties: {
    type: { type: 'string', description: 'a path that never changes its meaning, listed in docs/problems.md' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'a JSON pointer into the body, or the name of a parameter' },
          detail: { type: 'string' },
        },
        required: ['pointer', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'instance'],
};
