import { randomUUID } from 'node:crypto'
import { inOrgSql } from '@fieldback/db/org-sql'
import { type KnownFields, readFields } from '@fieldback/db/sync/known-fields'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
let field: string
let france: string
beforeAll(async () => {
  world = await openTestWorld()
  france = world.north.territories.france
  field = await arrangeField(world.sql, world.north, {
    territoryId: france,
    entity: 'report',
    key: 'concurrent',
    spec: { type: 'yes_no' },
  })
})
afterAll(() => world.close())

const orgId = () => world.north.orgId
const stampNow = async (): Promise<string> => {
  const [row] = await world.sql<{ stamp: string }>(
    orgId(),
    'SELECT fields_stamp::text AS stamp FROM organisation WHERE id = $1',
    [orgId()],
  )
  return row?.stamp ?? ''
}

/** Reads as a push does; answers versions with what each is, and how many statements it took. */
async function read(fields: KnownFields, wanted = { territories: [france], ids: [field] }) {
  const stamp = await stampNow()
  let statements = 0
  const found = await inOrgSql(world.deps.db, orgId(), (sql) =>
    readFields(
      {
        ...sql,
        $queryRaw: (...args) => {
          statements += 1
          return sql.$queryRaw(...args)
        },
      },
      fields,
      { orgId: orgId(), stamp, wanted },
    ),
  )
  return { statements, versions: found.map(({ row, current }) => [row.version, row.slot, current]) }
}

describe('questions that a process knows', () => {
  it('are read once, whoever names them, whether asked for by owner or by id', async () => {
    const fields: KnownFields = new Map()
    expect(await read(fields)).toEqual({ statements: 1, versions: [[1, null, true]] })
    expect((await read(fields)).statements).toBe(0)
    expect(await read(fields, { territories: [], ids: [field, field] })).toMatchObject({
      statements: 0,
      versions: [[1, null, true]],
    })
    const nobody = { territories: [], ids: [randomUUID()] }
    expect(await read(fields, nobody)).toEqual({ statements: 1, versions: [] })
    expect(await read(fields, nobody)).toEqual({ statements: 0, versions: [] })
  })

  it('of a territory are not taken as all known because one of them was named', async () => {
    const fields: KnownFields = new Map()
    const other = await arrangeField(world.sql, world.north, {
      territoryId: france,
      entity: 'account',
      key: 'autre',
      spec: { type: 'yes_no' },
    })
    await read(fields, { territories: [], ids: [field] })
    expect((await read(fields)).versions).toHaveLength(2)
    await world.sql(orgId(), 'UPDATE field_definition SET retired_at = now() WHERE id = $1', [other])
  })

  it.each([
    [
      'a new version',
      `INSERT INTO field_version (org_id, field_id, version, spec) SELECT org_id, field_id, 2, spec FROM field_version WHERE field_id = $1 AND version = 1`,
    ],
    ['which version is in force', `UPDATE field_definition SET current_version = 2 WHERE id = $1`],
    ['its column', `UPDATE field_definition SET slot = 't09' WHERE id = $1`],
    ['that it is retired', `UPDATE field_definition SET retired_at = now() WHERE id = $1`],
    [
      'a level that makes it stricter',
      `INSERT INTO field_tightening (org_id, id, field_id, territory_id, current_version) SELECT org_id, $1, id, territory_id, 1 FROM field_definition WHERE id = $1`,
    ],
    [
      'what that level says',
      `INSERT INTO tightening_version (org_id, tightening_id, version, spec) SELECT org_id, id, 1, '{"options": []}' FROM field_tightening WHERE id = $1`,
    ],
    ['which of its words is in force', `UPDATE field_tightening SET current_version = 2 WHERE id = $1`],
  ])('are read again once there is another word on %s', async (_what, change) => {
    const fields: KnownFields = new Map()
    await read(fields)
    await world.sql(orgId(), change, [field])
    const [again, anew] = [await read(fields), await read(new Map())]
    expect(again).toEqual(anew)
    expect(again.statements).toBe(1)
  })
})
