import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')
// Inside a package, so that its own imports resolve; a name no real file has.
const planted = []
afterAll(() => {
  for (const file of planted) rmSync(file, { force: true })
})

/** The names of the rules that a planted import breaks. */
function rulesBroken(file, source) {
  const path = join(root, file)
  planted.push(path)
  writeFileSync(path, source)
  try {
    const told = spawnSync(
      process.execPath,
      [cruiser, file, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    const { violations } = JSON.parse(told.stdout).summary
    return violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)
  } finally {
    rmSync(path, { force: true })
  }
}

it.each([
  [
    'packages/domain/src/planted-a.ts',
    `import { readFileSync } from 'node:fs'\nexport const a = readFileSync`,
    'domain-imports-zod-only',
  ],
  [
    'packages/domain/src/planted-b.ts',
    `import type { Db } from '../../db/src/client.ts'\nexport type B = Db`,
    'domain-imports-zod-only',
  ],
  [
    'packages/api/src/planted-c.ts',
    `import { openSmtp } from '../../adapters/src/email/smtp.ts'\nexport const c = openSmtp`,
    'api-sees-ports-not-adapters',
  ],
  [
    'packages/api/src/planted-d.ts',
    `import type { Prisma } from '../../db/src/generated/prisma/client.ts'\nexport type D = Prisma.JsonValue`,
    'only-db-imports-prisma',
  ],
  [
    'apps/web/src/features/access/planted-e.ts',
    `import { appRouter } from '../../../../../packages/api/src/root.ts'\nexport const e = appRouter`,
    'web-screens-see-api-as-types',
  ],
  [
    'apps/web/src/mobile/planted-f.ts',
    `import { openDb } from '../../../../packages/db/src/client.ts'\nexport const f = openDb`,
    'web-screens-never-see-db',
  ],
])('%s is refused for what it imports', (file, source, rule) => {
  expect(rulesBroken(file, source)).toContain(rule)
})

it('a screen may import the shape of the router as a type', () => {
  const source = `import type { AppRouter } from '../../../../../packages/api/src/root.ts'\nexport type G = AppRouter`
  expect(rulesBroken('apps/web/src/features/access/planted-g.ts', source)).toEqual([])
})
