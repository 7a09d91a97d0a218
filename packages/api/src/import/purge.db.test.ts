import { FORGOTTEN_DAYS, UNDO_DAYS } from '@fieldback/domain/import/import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../test-world.ts'
import { importSteps, inOnePiece } from './import-steps.fixture.ts'
import { purgeImports } from './purge.job.ts'

let world: TestWorld
let steps: ReturnType<typeof importSteps>
beforeAll(async () => {
  world = await openTestWorld()
  steps = importSteps(world)
})
afterAll(() => world.close())
const orgId = () => world.north.orgId
const sql = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.sql<T>(orgId(), text, values)
const linesOf = async (importId: string) =>
  (await sql<{ n: number }>('SELECT count(*)::int AS n FROM import_line WHERE import_id = $1', [importId]))[0]
    ?.n
/** Lets days go by for one import. */
const age = (importId: string, days: number) =>
  sql(
    `UPDATE file_import SET created_at = created_at - make_interval(days => $2::int), finished_at = finished_at - make_interval(days => $2::int),
            rested_at = rested_at - make_interval(days => $2::int) WHERE id = $1`,
    [importId, days],
  )
const purge = () => purgeImports(world.deps, orgId())

describe('lines of imports', () => {
  it('are deleted once the import cannot be taken back any more; what came in and its summary stay', async () => {
    const importId = await steps.imported('accounts', 'Ref;Nom\nP1;Reste là\nP2;\n')
    await age(importId, UNDO_DAYS - 1)
    await purge()
    expect([await linesOf(importId), (await steps.get(importId)).purged]).toEqual([2, false])
    await age(importId, 1)
    expect(await purge()).toEqual({ imports: 1, done: true })
    expect(await linesOf(importId)).toBe(0)
    expect(await steps.get(importId)).toMatchObject({
      state: 'done',
      purged: true,
      lines: 2,
      counts: { create: 1, refused: 1 },
      undoUntil: null,
    })
    expect(await steps.account('Reste là')).toBeDefined()
    expect(await purge()).toEqual({ imports: 0, done: true })
  })
  it('are deleted, with what is left of the file, when nobody goes on with an import: it is given up and says so', async () => {
    const [toMap, tried] = [
      await steps.read('accounts', 'Nom\nUn\n'),
      await steps.tried('accounts', 'Nom\nDeux\n'),
    ]
    await world.deps.storage.put(`imports/${toMap}`, inOnePiece('rest'), { maxBytes: 99 })
    for (const importId of [toMap, tried]) await age(importId, FORGOTTEN_DAYS - 1)
    await purge()
    expect([await steps.state(toMap), await steps.state(tried)]).toEqual(['to_map', 'tried'])
    // Looked at again, the first waits anew.
    await steps.askTry(toMap)
    await steps.work()
    for (const importId of [toMap, tried]) await age(importId, 2)
    await purge()
    expect([await steps.state(toMap), await linesOf(toMap)]).toEqual(['tried', 1])
    expect(await steps.get(tried)).toMatchObject({
      state: 'failed',
      failure: { code: 'FORGOTTEN', params: { days: FORGOTTEN_DAYS } },
      purged: true,
    })
    expect(await linesOf(tried)).toBe(0)
    await expect(steps.admin.import.run({ importId: tried })).rejects.toThrow('CONFLICT')
    await age(toMap, FORGOTTEN_DAYS)
    await purge()
    expect(await world.deps.storage.exists(`imports/${toMap}`)).toBe(false)
  })
  it('of a step that stopped on the way cannot be gone on with afterwards', async () => {
    const importId = await steps.imported('accounts', 'Ref;Nom\nS1;Arrêté\n')
    await sql(
      `UPDATE file_import SET state = 'failed', failure = '{"code":"STOPPED","params":{"step":"importing","handled":1,"lines":1}}' WHERE id = $1`,
      [importId],
    )
    await age(importId, UNDO_DAYS + 1)
    await purge()
    await expect(steps.admin.import.run({ importId })).rejects.toThrow('CONFLICT')
    await expect(steps.admin.import.undo({ importId })).rejects.toThrow('CONFLICT')
  })
  it('that are many go a bounded part at a time, and a purge that was stopped is taken up', async () => {
    const importId = await steps.imported('accounts', 'Ref;Nom\nM1;Beaucoup\n')
    await sql(
      `INSERT INTO import_line (org_id, import_id, line, cells) SELECT $1, $2, n, '[]' FROM generate_series(10, 12000) n`,
      [orgId(), importId],
    )
    await age(importId, UNDO_DAYS + 1)
    let looked = 0
    const stop = {
      get aborted() {
        looked += 1
        return looked > 2
      },
    } as AbortSignal
    expect(await purgeImports(world.deps, orgId(), stop)).toEqual({ imports: 0, done: false })
    expect(await linesOf(importId)).toBe(11_992 - 5_000)
    await purge()
    expect(await linesOf(importId)).toBe(0)
  })
})
