/** Which way imports may point (see docs/adr and architecture): domain <- db, adapters, i18n <- api <- apps. */
const pkg = (name) => `^packages/${name}/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-zod-only',
      comment: 'Rules are pure: the same in browser and server.',
      severity: 'error',
      from: { path: '^packages/domain/src/', pathNot: '\\.test\\.ts$|/fixture\\.ts$' },
      to: { pathNot: [pkg('domain'), 'node_modules/(.pnpm/)?zod'] },
    },
    {
      name: 'db-on-domain-only',
      severity: 'error',
      from: { path: pkg('db') },
      to: { path: '^(packages|apps|prisma|e2e)/', pathNot: [pkg('db'), pkg('domain')] },
    },
    {
      name: 'adapters-on-domain-only',
      severity: 'error',
      from: { path: pkg('adapters') },
      to: { path: '^(packages|apps|prisma|e2e)/', pathNot: [pkg('adapters'), pkg('domain')] },
    },
    {
      name: 'i18n-on-domain-only',
      severity: 'error',
      from: { path: pkg('i18n') },
      to: { path: '^(packages|apps|prisma|e2e)/', pathNot: [pkg('i18n'), pkg('domain')] },
    },
    {
      name: 'ui-on-i18n-at-most',
      severity: 'error',
      from: { path: pkg('ui') },
      to: { path: '^(packages|apps|prisma|e2e)/', pathNot: [pkg('ui'), pkg('i18n')] },
    },
    {
      name: 'api-sees-ports-not-adapters',
      severity: 'error',
      from: { path: pkg('api') },
      to: {
        path: '^(packages|apps|prisma|e2e)/',
        pathNot: [pkg('api'), pkg('domain'), pkg('db'), pkg('i18n')],
      },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'only-db-imports-prisma',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: pkg('db') },
      to: { path: 'node_modules/(.pnpm/)?(@prisma|prisma)|packages/db/src/generated' },
    },
    {
      name: 'web-screens-see-api-as-types',
      comment:
        'Screens call procedures over the network; only the server folder and route handlers wire them.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: ['^apps/web/src/(server|app)/', '\\.test\\.tsx?$'] },
      to: { path: pkg('api'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-screens-never-see-db',
      severity: 'error',
      from: {
        path: '^apps/web/src/',
        pathNot: ['^apps/web/src/server/', '^apps/web/src/app/api/', '\\.test\\.tsx?$'],
      },
      to: { path: [pkg('db'), pkg('adapters')] },
    },
    {
      name: 'links-fetch-nothing-ahead',
      comment: 'Links of the desk are PageLink, which fetches a page when it is opened.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: '^apps/web/src/client/next-link.tsx$' },
      to: { path: 'node_modules/next/link' },
    },
    {
      name: 'features-never-import-each-other',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'routes-import-nothing-back',
      comment: 'Features and shared code never reach into routes.',
      severity: 'error',
      from: { path: '^apps/web/src/(features|mobile|client|server)/' },
      to: { path: '^apps/web/src/app/' },
    },
    {
      name: 'phone-loads-no-trpc',
      severity: 'error',
      from: { path: '^apps/web/src/mobile/' },
      to: { path: 'node_modules/(.pnpm/)?(@trpc|@tanstack)', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'packages/db/src/generated'] },
    exclude: { path: ['\\.next', '/fixture/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
}
