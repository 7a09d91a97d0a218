import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { onDatabase, rowsOf, serverUrl, shadowDatabases } from './fixture/project.ts'

const executable = fileURLToPath(new URL('./schema-engine.mjs', import.meta.url))

const filters = { externalTables: [], externalEnums: [] }

let engine: ChildProcessWithoutNullStreams
const started: ChildProcessWithoutNullStreams[] = []

afterEach(() => {
  for (const process of started.splice(0)) process.kill('SIGKILL')
})

function start(url: string, ...args: string[]): void {
  engine = spawn(executable, ['--datasource', JSON.stringify({ url }), ...args])
  started.push(engine)
}

/** The end of a command, read as the CLI does: the first line of stderr dropped, the others JSON. */
async function end() {
  engine.stderr.setEncoding('utf8')
  let stderr = ''
  engine.stderr.on('data', (text: string) => {
    stderr += text
  })
  const [code] = await once(engine, 'close')
  const lines = stderr.trimEnd().split('\n').slice(1)
  return { code, errors: lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'ERROR') }
}

function ask(id: number, method: string, params: unknown): void {
  engine.stdin.write(`${JSON.stringify({ id, jsonrpc: '2.0', method, params })}\n`)
}

async function answers(count: number) {
  const found: {
    id: number
    method?: string
    result?: unknown
    error?: { data: Record<string, unknown> }
  }[] = []
  for await (const line of createInterface({ input: engine.stdout })) {
    found.push(JSON.parse(line))
    if (found.length === count) break
  }
  return found
}

function migrations(script: string) {
  const migration = {
    path: '1_only',
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
  }
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }
  return { baseDir: '.', lockfile, shadowDbInitScript: '', migrationDirectories: [migration] }
}

function replayOf(script: string) {
  const from = { tag: 'migrations', ...migrations(script) }
  return { from, to: { tag: 'empty' }, script: false, exitCode: true, filters }
}

describe('a question about a database', () => {
  it('ends with 0 when it answers', async () => {
    start(serverUrl, 'cli', 'can-connect-to-database')
    expect(await end()).toEqual({ code: 0, errors: [] })
  })

  it('ends with P1001 when no server is there', async () => {
    start('postgresql://nobody:nothing@127.0.0.1:1/none', 'cli', 'can-connect-to-database')
    const { code, errors } = await end()
    expect(code).toBe(1)
    const message = expect.stringContaining("Can't reach database server at `127.0.0.1:1`")
    expect(errors).toMatchObject([{ fields: { error_code: 'P1001', message } }])
  })

  it('ends with P1003 when the server does not have it', async () => {
    start(onDatabase(serverUrl, 'nowhere'), 'cli', 'can-connect-to-database')
    const { code, errors } = await end()
    expect(code).toBe(1)
    expect(errors).toMatchObject([
      {
        target: 'schema_engine::logger',
        fields: {
          error_code: 'P1003',
          message: expect.stringContaining('Database `nowhere` does not exist'),
        },
      },
    ])
  })

  it('ends with P1000 when the password is wrong, and does not show it', async () => {
    const url = new URL(serverUrl)
    url.password = 'mistaken'
    start(url.href, 'cli', 'can-connect-to-database')
    const { code, errors } = await end()
    expect(code).toBe(1)
    expect(errors).toMatchObject([{ fields: { error_code: 'P1000' } }])
    expect(JSON.stringify(errors)).not.toContain('mistaken')
  })

  it('creates it, refuses to create it twice, drops it, and refuses to drop it twice', async () => {
    const url = onDatabase(serverUrl, `engine_${randomUUID().replaceAll('-', '')}`)
    const outcomes: unknown[] = []
    for (const command of ['create-database', 'create-database', 'drop-database', 'drop-database']) {
      start(url, 'cli', command)
      const { code, errors } = await end()
      outcomes.push([command, code, errors[0]?.fields.error_code])
    }
    expect(outcomes).toEqual([
      ['create-database', 0, undefined],
      ['create-database', 1, 'P1009'],
      ['drop-database', 0, undefined],
      ['drop-database', 1, 'P1003'],
    ])
  })
})

describe('requests', () => {
  it('are answered one after the other, the text of a comparison before its result', async () => {
    start(serverUrl)
    ask(1, 'diff', replayOf('CREATE TABLE a (id INT PRIMARY KEY)'))
    ask(2, 'getDatabaseVersion', undefined)
    const [text, comparison, version] = await answers(3)
    expect(text).toMatchObject({
      method: 'print',
      params: { content: expect.stringContaining('Removed tables') },
    })
    expect(comparison).toMatchObject({ id: 1, result: { exitCode: 2, stdout: null } })
    expect(version).toMatchObject({ id: 2, result: expect.stringContaining('PostgreSQL') })
  })

  it('fail with P3006 when a migration does not apply, and leave no shadow database', async () => {
    start(serverUrl)
    ask(1, 'diff', replayOf('CREATE TABLE b (id misspelt)'))
    const [answer] = await answers(1)
    const message = expect.stringMatching(/`1_only` failed to apply[\s\S]*type "misspelt" does not exist$/)
    expect(answer?.error?.data).toMatchObject({ error_code: 'P3006', message })
    await expect.poll(shadowDatabases).toEqual([])
  })

  it('apply a migration once when two processes ask at the same moment', async () => {
    const url = onDatabase(serverUrl, `engine_${randomUUID().replaceAll('-', '')}`)
    start(url, 'cli', 'create-database')
    await end()
    const input = { migrationsList: migrations('SELECT pg_sleep(0.5); CREATE TABLE once (id INT)'), filters }
    const both = [0, 1].map(() => {
      start(url)
      ask(1, 'applyMigrations', input)
      // The lock belongs to the connection, so the second goes on when the first has ended.
      engine.stdin.end()
      return answers(1)
    })
    const applied = (await Promise.all(both)).flat().map(({ result }) => result)
    expect(applied).toContainEqual({ appliedMigrationNames: ['1_only'] })
    expect(applied).toContainEqual({ appliedMigrationNames: [] })
    start(url, 'cli', 'drop-database')
    await end()
  })

  it('fail with P3014 when the role may not create the shadow database', async () => {
    start(onDatabase(process.env.TEST_DATABASE_APP_URL ?? '', 'postgres'))
    ask(1, 'diff', replayOf('SELECT 1'))
    const [answer] = await answers(1)
    expect(answer?.error?.data).toMatchObject({
      error_code: 'P3014',
      message: expect.stringContaining('permission denied to create database'),
    })
  })

  it('fail with a panic after a panic, and the engine stays to say so', async () => {
    start(serverUrl)
    ask(1, 'debugPanic', undefined)
    ask(2, 'getDatabaseVersion', undefined)
    const failures = await answers(2)
    expect(failures.map(({ id, error }) => [id, error?.data.is_panic])).toEqual([
      [1, true],
      [2, true],
    ])
  })

  it('are given up when the process is told to stop, and leave no shadow database', async () => {
    const sleep = `SELECT pg_sleep(60) /* ${randomUUID()} */`
    const sleeping = `SELECT 1 FROM pg_stat_activity WHERE query = $$${sleep}$$`
    start(serverUrl)
    ask(1, 'diff', replayOf(sleep))
    await expect.poll(() => rowsOf(serverUrl, sleeping), { timeout: 10_000 }).toHaveLength(1)
    engine.kill('SIGTERM')
    const [code] = await once(engine, 'exit')
    expect(code).toBe(0)
    expect(await rowsOf(serverUrl, sleeping)).toEqual([])
    await expect.poll(shadowDatabases).toEqual([])
  })
})
