import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Project, run, shadowDatabases } from './fixture/project.ts'

const thing = 'id Int @id\n  name String'
const createThing = `CREATE TABLE "Thing" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Thing_pkey" PRIMARY KEY ("id"));`
const trimNames = `
CREATE FUNCTION trim_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name := trim(NEW.name);
  RETURN NEW;
END;
$$;
CREATE TRIGGER trim_name BEFORE INSERT ON "Thing" FOR EACH ROW EXECUTE FUNCTION trim_name();`

const nowhere = { DATABASE_OWNER_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none' }

let project: Project

beforeEach(() => {
  project = new Project()
})

afterEach(() => project.remove())

describe('migrate deploy', () => {
  it('creates the database, applies a function whose body holds semicolons, and does nothing the second time', async () => {
    project.migration('1_thing', createThing + trimNames)

    const first = await project.prisma('migrate deploy')
    expect(first.output).toContain('All migrations have been successfully applied')
    expect(first.code).toBe(0)
    await project.rows(`INSERT INTO "Thing" VALUES (1, '  Maison  ')`)
    expect(await project.rows('SELECT name FROM "Thing"')).toEqual([{ name: 'Maison' }])

    const second = await project.prisma('migrate deploy')
    expect(second).toMatchObject({
      code: 0,
      output: expect.stringContaining('No pending migrations to apply'),
    })
    expect(await project.rows('SELECT migration_name FROM _prisma_migrations')).toEqual([
      { migration_name: '1_thing' },
    ])
  })

  it('names the migration that the database refused, its words and the line, and records it as failed', async () => {
    project.migration('1_thing', createThing)
    project.migration(
      '2_broken',
      '-- Été\nCREATE TABLE kept_out (id INT);\nBEGIN;\nCREATE TABLE "B" (id misspelt);\nCOMMIT;\n',
    )

    const { code, output } = await project.prisma('migrate deploy')
    expect(code).toBe(1)
    expect(output).toContain('P3018')
    expect(output).toContain('Migration name: 2_broken')
    expect(output).toContain('ERROR: type "misspelt" does not exist')
    expect(output).toContain('  4 CREATE TABLE "B" (id misspelt);')
    expect(output).not.toContain('schema_engine_wasm')

    const recorded =
      'SELECT migration_name, finished_at IS NULL AS failed, logs FROM _prisma_migrations ORDER BY started_at'
    expect(await project.rows(recorded)).toEqual([
      { migration_name: '1_thing', failed: false, logs: null },
      {
        migration_name: '2_broken',
        failed: true,
        logs: expect.stringContaining('type "misspelt" does not exist'),
      },
    ])
    const again = await project.prisma('migrate deploy')
    expect(again).toMatchObject({
      code: 1,
      output: expect.stringMatching(/P3009[\s\S]*`2_broken` migration/),
    })
  })
})

describe('migrate diff', () => {
  const toSchema = 'migrate diff --to-schema schema --exit-code'

  it('tells a database that fits the schema from one that does not', async () => {
    project.model('Thing', thing)
    await project.createDatabase()
    await project.rows(createThing)
    const same = await project.prisma(`${toSchema} --from-config-datasource`)
    expect(same).toMatchObject({ code: 0, output: expect.stringContaining('No difference detected') })

    await project.rows(
      'ALTER TABLE "Thing" DROP COLUMN name; CREATE TABLE "Forgotten" (id INT CHECK (id > 0))',
    )
    const drifted = await project.prisma(`${toSchema} --from-config-datasource`)
    expect(drifted.code).toBe(2)
    expect(drifted.output).toContain('[+] Added column `name`')
    expect(drifted.output).toContain('[-] Removed tables\n  - Forgotten')
  })

  it('replays the migrations in a database that it drops, and leaves the main one alone', async () => {
    project.migration('1_thing', createThing + trimNames).model('Thing', thing)
    await project.createDatabase()
    const same = await project.prisma(`${toSchema} --from-migrations migrations`)
    expect(same).toMatchObject({ code: 0, output: expect.stringContaining('No difference detected') })
    expect(await project.rows("SELECT relname FROM pg_class WHERE relname = 'Thing'")).toEqual([])

    await expect.poll(shadowDatabases).toEqual([])
  })

  it('compares schema files with no database at all', async () => {
    project.model('Thing', thing)
    const { code, output } = await project.prisma(
      'migrate diff --from-empty --to-schema schema --script',
      nowhere,
    )
    expect(code).toBe(0)
    expect(output).toContain('CREATE TABLE "Thing" (')
  })

  it('fails, and says why, when the server is out of reach', async () => {
    const { code, output } = await project.prisma(`${toSchema} --from-config-datasource`, nowhere)
    expect(code).toBe(1)
    expect(output).toMatch(/P1001[\s\S]*Can't reach database server at `127.0.0.1:1`/)
  })

  it('fails, and does not report an absence of differences, when the engine panics', async () => {
    await project.createDatabase()
    const { code, output } = await project.prisma(`${toSchema} --from-empty`, {
      FORCE_PANIC_SCHEMA_ENGINE: '1',
    })
    expect(code).toBe(1)
    expect(output).toContain('panicked at')
  })
})

describe('other commands', () => {
  it('migrate dev --create-only deploys what is pending and writes the missing migration', async () => {
    project.migration('1_thing', createThing).model('Thing', thing).model('Extra', 'id Int @id')
    const { code, output } = await project.prisma('migrate dev --create-only --name extra')
    expect(output).toContain('created the following migration without applying it')
    expect(code).toBe(0)
    const written = readdirSync(path.join(project.folder, 'migrations')).filter((name) =>
      name.endsWith('_extra'),
    )
    expect(written).toHaveLength(1)
    expect(await project.rows("SELECT relname FROM pg_class WHERE relname = 'Extra'")).toEqual([])
  })

  it('db push makes the tables in the schema that the address names', async () => {
    project.model('Thing', thing)
    const { code, output } = await project.prisma('db push', {
      DATABASE_OWNER_URL: `${project.url}?schema=aside`,
    })
    expect(output).toContain('Your database is now in sync')
    expect(code).toBe(0)
    const tables = "SELECT schemaname FROM pg_tables WHERE tablename = 'Thing'"
    expect(await project.rows(tables)).toEqual([{ schemaname: 'aside' }])
  })

  it('generate writes a client without a database', async () => {
    project.model('Thing', thing)
    const { code } = await project.prisma('generate', nowhere)
    expect(code).toBe(0)
    expect(existsSync(path.join(project.folder, 'generated/client.ts'))).toBe(true)
  })

  it('a bare prisma finds the engine through the configuration of this package', async () => {
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const cli = path.join(cwd, 'node_modules/prisma/build/index.js')
    const { output } = await run([cli, '--version'], { cwd, env: { CHECKPOINT_DISABLE: '1' } })
    expect(output).toContain('schema-engine-cli wasm')
  })
})
