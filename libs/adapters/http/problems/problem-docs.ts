import { problemTypes } from './problem-types.js';
import { titleOf } from './problem.js';

/** The text of docs/problems.md: every problem type, by status and code. */
export function problemDocs(): string {
  const rows = [...problemTypes]
    .toSorted(([codeA, a], [codeB, b]) => a.status - b.status || (codeA < codeB ? -1 : 1))
    .map(
      ([code, { status, rule = '', sentence }]) =>
        `| <a id="${code}"></a>\`/problems/${code}\` | ${titleOf(code)} | ${status} | ${rule} | ${sentence} |`,
    );
  return `# Problems

Every error is answered with a problem document (RFC 9457, \`application/problem+json\`): \`type\`, \`title\`, \`status\`,
\`detail\`, \`instance\`, and for requests of the wrong shape \`errors[]\` with JSON pointers. Some carry further members
that are needed to go on, such as the id of the open conversation. Types never change their meaning; what is answered
with 503 can be tried again after \`Retry-After\` seconds. This page is made from the code by
\`UPDATE_DOCS=1 bin/jest libs/adapters/http/problems\`; a test fails when it is out of date.

| type | title | status | rule | meaning |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
