import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { Seeded } from '../seed/seeded.fixture.ts'
import { verifyBackup } from './archive-reader.ts'
import { Bench, contentOf, rowsOf, SMALL } from './backup.fixture.ts'

const demo = new Seeded()
const bench = new Bench()
let copy: Awaited<ReturnType<Bench['database']>>
let file: string
beforeAll(async () => {
  mkdirSync(bench.path('files/imports'), { recursive: true })
  writeFileSync(bench.path('files/imports/clients.csv'), Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0a]))
  writeFileSync(bench.path('files/empty'), '')
  copy = await bench.database()
  file = await bench.backup(demo.database, 'demo.tar.gz')
  await bench.restore(file, copy)
}, 120_000)

describe('the demonstration organisation, kept and restored into an empty database', () => {
  it('is the same in every table, roll-ups included', async () => {
    const [before, after] = [await contentOf(demo.database), await contentOf(copy)]
    expect(Object.keys(before).length).toBeGreaterThan(40)
    expect(before[`report ${demo.first.id}`]).toMatch(/^20000 /)
    expect(before[`rollup_cell ${demo.first.id}`]).not.toMatch(/^0 /)
    expect(after).toEqual(before)
  }, 60_000)

  it('is of a new epoch, so that phones fetch everything again', async () => {
    for (const { id } of [demo.first, demo.second]) {
      const epoch = async (database: typeof copy) =>
        (await rowsOf<{ epoch: string }>(database, id, 'SELECT epoch FROM organisation'))[0]?.epoch
      expect(await epoch(copy)).not.toBe(await epoch(demo.database))
    }
  })

  it('says so in the journal of each organisation, as its operator, once the rows are there', async () => {
    for (const { id } of [demo.first, demo.second]) {
      const journal = (database: typeof copy) =>
        rowsOf<{ action: string }>(
          database,
          id,
          `SELECT action, subject_id, membership_id, detail, at > now() - interval '10 minutes' AS now, at = max(at) OVER () AS last
             FROM audit_event WHERE action = 'org.restore'`,
        )
      expect(await journal(demo.database)).toEqual([])
      expect(await journal(copy)).toEqual([
        {
          action: 'org.restore',
          subject_id: id,
          membership_id: null,
          detail: { takenAt: '2026-11-20T10:00:00.000Z' },
          now: true,
          last: true,
        },
      ])
    }
  })

  it('has its rows stamped by the restore itself, each once, so that no pull skips one', async () => {
    for (const table of ['account', 'account_home', 'contact', 'report', 'callback']) {
      const [row] = await rowsOf<Record<'rows' | 'seqs' | 'xids' | 'ahead', number>>(
        copy,
        demo.first.id,
        `SELECT count(*)::int AS rows, count(DISTINCT sync_seq)::int AS seqs, count(DISTINCT sync_xid)::int AS xids,
                count(*) FILTER (WHERE sync_xid <= 0 OR sync_xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)::int AS ahead
           FROM ${table}`,
      )
      expect(row, table).toMatchObject({ seqs: row?.rows, xids: 1, ahead: 0 })
      expect(row?.rows, table).toBeGreaterThan(1_000)
    }
  })

  it('goes on counting where it stopped', async () => {
    const next = `SELECT nextval('sync_seq')::text AS n, (SELECT max(sync_seq) FROM report)::text AS seen`
    const [row] = await rowsOf<{ n: string; seen: string }>(copy, demo.first.id, next)
    expect(BigInt(row?.n ?? 0)).toBeGreaterThan(BigInt(row?.seen ?? 0))
  })

  it('keeps tenants apart as before: row-level security is forced on every table that had it', async () => {
    const query = `SELECT relname, relrowsecurity, relforcerowsecurity,
        (SELECT count(*)::int FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled = 'O') AS triggers
      FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`
    expect(await rowsOf(copy, demo.first.id, query)).toEqual(
      await rowsOf(demo.database, demo.first.id, query),
    )
  })

  it('has its kept files, byte for byte', () => {
    for (const name of ['imports/clients.csv', 'empty'])
      expect(readFileSync(bench.path(`restored-files/${name}`))).toEqual(
        readFileSync(bench.path(`files/${name}`)),
      )
  })
})

it('a backup from before who was where was kept five years a row has it after the restore', async () => {
  const database = await bench.small()
  const { organisations } = await verifyBackup(SMALL)
  let people = 0
  for (const { id } of organisations) {
    const [row] = await rowsOf<Record<'people' | 'missing' | 'extra' | 'miscounted', number>>(
      database,
      id,
      `WITH recounted AS (
              SELECT basis, territory_id, era, months, count(*)::int AS n FROM rollup_presence GROUP BY 1, 2, 3, 4),
            said AS (SELECT basis, territory_id, membership_id, to_char(month, 'YYYY-MM') AS month FROM rollup_person WHERE n > 0),
            kept AS (SELECT basis, territory_id, membership_id, (era * 5 + at / 12) || '-' || lpad((at % 12 + 1)::text, 2, '0') AS month
                       FROM rollup_presence, generate_series(0, 62) AS at WHERE substr(reverse(months::bit(64)::text), at + 1, 1) = '1')
       SELECT (SELECT count(*) FROM said)::int AS people, (SELECT count(*) FROM (TABLE said EXCEPT TABLE kept) AS x)::int AS missing,
              (SELECT count(*) FROM (TABLE kept EXCEPT TABLE said) AS x)::int AS extra,
              (SELECT count(*) FROM recounted FULL JOIN rollup_headcount h USING (basis, territory_id, era, months)
                WHERE recounted.n IS DISTINCT FROM h.n)::int AS miscounted`,
    )
    expect(row).toMatchObject({ missing: 0, extra: 0, miscounted: 0 })
    people += row?.people ?? 0
  }
  expect(people).toBeGreaterThan(0)
})

it('only its owner may read a backup, which is a few megabytes', () => {
  const { mode, size } = statSync(file)
  expect((mode & 0o777).toString(8)).toBe('600')
  expect(size).toBeLessThan(10_000_000)
})
