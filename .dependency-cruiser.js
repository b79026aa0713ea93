// The boundaries of the house. test/architecture.spec.ts runs them and plants a violation of each to prove that it bites.
const contexts = '^libs/(?!adapters/|embedded/|event-sourcing-testing/)';
const fixtures = '\\.fixtures\\.ts$';
// With the fixtures that several of them share.
const specs = ['\\.spec\\.ts$', fixtures];
// The only files of a context that may know the framework.
const framework = '(handlers|/handlers/[^/]+|\\.module)\\.ts$';

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'libs-not-to-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'apps-are-islands',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-use-the-door',
      comment: 'apps import modules, never the inside of a context or an adapter',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: '/index\\.ts$' },
    },
    {
      name: 'contexts-use-the-door',
      comment: "contexts import each other's index.ts only",
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: specs },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '/index\\.ts$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'contexts and the kernel know ports, not drivers, frameworks or the network',
      severity: 'error',
      from: { path: contexts, pathNot: [...specs, framework] },
      to: { path: 'node_modules/(@nestjs|mongodb|@eventstore|fastify|@fastify|pino|jose)(/|$)' },
    },
    {
      name: 'domain-no-node-core',
      severity: 'error',
      from: { path: contexts, pathNot: specs },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-not-to-adapters',
      severity: 'error',
      from: { path: contexts, pathNot: specs },
      to: { path: '^libs/(adapters|embedded|event-sourcing-testing)/' },
    },
    {
      name: 'kernel-knows-no-context',
      severity: 'error',
      from: { path: '^libs/event-sourcing/', pathNot: specs },
      to: { path: '^libs/(?!event-sourcing/)' },
    },
    {
      name: 'embedded-knows-nothing-of-ours',
      severity: 'error',
      from: { path: '^libs/embedded/([^/]+)/' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/embedded/($1|sqlite|threads)/' },
    },
    {
      name: 'production-not-to-testing',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: [...specs, '^libs/event-sourcing-testing/', '^libs/[^/]+/[^/]+/(bench|testing)/'],
      },
      to: { path: ['^libs/event-sourcing-testing/', fixtures] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
