import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// So that a bare `prisma` works as well as engine/prisma.mjs. Whoever has the native engine names it here instead.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL('./engine/schema-engine.mjs', import.meta.url),
)

const url = process.env.DATABASE_OWNER_URL

export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  ...(url && { datasource: { url } }),
})
