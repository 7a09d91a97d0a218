import { randomUUID } from 'node:crypto'
import { FieldbackError } from '@fieldback/domain/errors'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { exportReports } from './export.ts'
import { reportQuery } from './search.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

type Who = keyof TestOrg['people']
const as = (who: Who, org: TestOrg = north) => world.callerFor(org.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError | FieldbackError) =>
      error instanceof FieldbackError ? error.code : errorShape(error).code,
  )
const file = (given: Omit<Parameters<typeof arrangeReport>[2], 'by'> & { by?: Who }) =>
  arrangeReport(world.sql, north, { by: 'basqueRep', ...given })
const questionOf = (
  territory: keyof TestOrg['territories'],
  key: string,
  spec: Parameters<typeof arrangeField>[2]['spec'],
) =>
  arrangeField(world.sql, north, { territoryId: north.territories[territory], entity: 'report', key, spec })

/** The whole list, page after page. */
async function listed(who: Who, query: object, limit = 2): Promise<string[]> {
  const ids: string[] = []
  let cursor: { day: string; id: string } | null = null
  do {
    const page: Awaited<ReturnType<ReturnType<typeof as>['report']['list']>> = await as(who).report.list({
      territoryId: north.territories.pyrenees,
      ...query,
      cursor,
      limit,
    })
    ids.push(...page.reports.map(({ id }) => id))
    cursor = page.next
  } while (cursor)
  return ids
}

async function exported(who: Who, query: object = {}, locale: 'fr' | 'en' = 'fr', org = north) {
  const context = { deps: world.deps, session: org.people[who] }
  const input = reportQuery.parse({ territoryId: org.territories.pyrenees, ...query })
  const { chunks } = await exportReports(context, input, { locale, format: 'csv' })
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}
const linesOf = (text: string) => text.slice(1).split('\r\n').slice(0, -1)

describe('a report to complete', () => {
  const standing = async (reportId: string) => {
    const query = { from: '2026-02-01', to: '2026-02-28' }
    const page = await as('local').report.list({ territoryId: north.territories.pyrenees, ...query })
    const { status, questions } = await as('local').report.get({ reportId })
    return {
      listed: page.reports.find(({ id }) => id === reportId)?.status,
      told: status,
      missing: questions.filter(({ missing }) => missing).length,
      found: (await listed('local', { ...query, toComplete: true })).includes(reportId),
      counted: (
        await as('local').report.countForExport({
          territoryId: north.territories.pyrenees,
          ...query,
          toComplete: true,
        })
      ).rows,
    }
  }
  const tightenedAt = async (at: keyof TestOrg['territories'], fieldId: string) => {
    const id = randomUUID()
    await world.sql(
      north.orgId,
      'INSERT INTO field_tightening (org_id, id, field_id, territory_id, current_version) VALUES ($1, $2, $3, $4, 1)',
      [north.orgId, id, fieldId, north.territories[at]],
    )
    await world.sql(
      north.orgId,
      `INSERT INTO tightening_version (org_id, tightening_id, version, spec) VALUES ($1, $2, 1, '{"required": true, "without": [], "options": [], "locks": []}')`,
      [north.orgId, id],
    )
  }
  const open = { listed: 'to_complete', told: 'to_complete', missing: 1, found: true, counted: 1 }
  const done = { listed: 'accepted', told: 'accepted', missing: 0, found: false, counted: 0 }

  it('is one no more once its question is retired, required no more, or required elsewhere alone', async () => {
    const lacked = await questionOf('aquitaine', 'humeur', { type: 'yes_no', required: true })
    const id = await file({ at: 'basque', day: '2026-02-02', status: 'to_complete', missing: [lacked] })
    expect(await standing(id)).toEqual(open)
    const set = (text: string) => world.sql(north.orgId, text, [lacked])
    await set('UPDATE field_definition SET retired_at = now() WHERE id = $1')
    expect(await standing(id)).toEqual(done)
    await set('UPDATE field_definition SET retired_at = NULL WHERE id = $1')
    await set(`UPDATE field_version SET spec = spec || '{"required": false}' WHERE field_id = $1`)
    expect(await standing(id)).toEqual(done)
    await tightenedAt('bearn', lacked)
    expect(await standing(id)).toEqual(done)
    await tightenedAt('pyrenees', lacked)
    expect(await standing(id)).toEqual(open)
  })

  it('lacks no more, when it is read, what a condition no longer shows or requires', async () => {
    const asked = await questionOf('aquitaine', 'stock', { type: 'yes_no' })
    const lacked = await questionOf('aquitaine', 'stock combien', { type: 'integer', required: true })
    const values = { [asked]: { v: 1, x: false } }
    const id = await file({
      at: 'basque',
      day: '2026-02-03',
      status: 'to_complete',
      missing: [lacked],
      values,
    })
    const told = async () => {
      const { status, questions } = await as('local').report.get({ reportId: id })
      return [status, ...questions.flatMap(({ missing, fieldId }) => (missing ? [fieldId] : []))]
    }
    const set = (spec: object) =>
      world.sql(north.orgId, 'UPDATE field_version SET spec = spec || $2 WHERE field_id = $1', [
        lacked,
        JSON.stringify(spec),
      ])
    expect(await told()).toEqual(['to_complete', lacked])
    const said = (x: boolean) => ({ all: [{ field: asked, op: 'is', value: x }] })
    await set({ shownIf: said(true) })
    expect(await told()).toEqual(['accepted'])
    await set({ shownIf: said(false) })
    expect(await told()).toEqual(['to_complete', lacked])
    await set({ required: false, requiredIf: said(true) })
    expect(await told()).toEqual(['accepted'])
    await set({ requiredIf: said(false) })
    expect(await told()).toEqual(['to_complete', lacked])
  })
})

describe('the reports of a branch', () => {
  it('come newest first, page by page, nothing twice and nothing missed, whatever they are narrowed by', async () => {
    const made: { id: string; day: string; kind: string; outcome: string; status: string; by: Who }[] = []
    const lacking = await questionOf('france', 'manque', { type: 'yes_no', required: true })
    for (let n = 0; n < 12; n++) {
      const one = {
        day: `2026-03-0${1 + (n % 3)}`,
        kind: REPORT_KINDS[n % 2] ?? '',
        outcome: OUTCOMES[n % 4] ?? '',
        status: n % 5 === 0 ? 'to_complete' : 'accepted',
        by: n % 3 === 0 ? ('bearnRep' as const) : ('basqueRep' as const),
      }
      const missing = one.status === 'to_complete' ? [lacking] : []
      made.push({ ...one, id: await file({ ...one, missing, at: n % 2 === 0 ? 'basque' : 'bearn' }) })
    }
    const { membershipId: authorId } = north.people.bearnRep
    const month = { from: '2026-03-01', to: '2026-03-31' }
    const narrowed: [object, (one: (typeof made)[number]) => boolean][] = [
      [{}, () => true],
      [{ kind: 'call' }, ({ kind }) => kind === 'call'],
      [{ outcomes: ['quote'] }, ({ outcome }) => outcome === 'quote'],
      [{ toComplete: true }, ({ status }) => status === 'to_complete'],
      [{ authorId }, ({ by }) => by === 'bearnRep'],
      [{ from: '2026-03-02', to: '2026-03-02' }, ({ day }) => day === '2026-03-02'],
      [
        { authorId, kind: 'visit', toComplete: true },
        (one) => one.by === 'bearnRep' && one.kind === 'visit' && one.status === 'to_complete',
      ],
      [{ account: 'Comp' }, () => true],
      [{ account: 'aucun' }, () => false],
    ]
    const inOrder = (a: { day: string; id: string }, b: { day: string; id: string }) =>
      b.day.localeCompare(a.day) || (a.id < b.id ? 1 : -1)
    for (const [query, keeps] of narrowed) {
      const expected = made.filter(keeps).sort(inOrder)
      const ids = expected.map(({ id }) => id)
      for (const [who, at] of [
        ['local', 'pyrenees'],
        ['hq', 'france'],
      ] as const) {
        const territoryId = north.territories[at]
        expect(await listed(who, { ...month, ...query, territoryId })).toEqual(ids)
        const { rows } = await as(who).report.countForExport({ territoryId, ...month, ...query })
        expect(rows).toBe(ids.length)
      }
    }
  })

  it('follow their account: what it brings is there, what it took away is not', async () => {
    const day = { from: '2026-04-01', to: '2026-04-30' }
    const there = await file({ at: 'finistere', by: 'bretonRep', day: '2026-04-10' })
    const here = await file({ at: 'bearn', day: '2026-04-11' })
    expect(await listed('local', day)).toEqual([here])
    const move = (account: 'finistere' | 'bearn', to: 'bearn' | 'finistere') =>
      world.sql(
        north.orgId,
        `WITH ended AS (UPDATE account_home SET to_at = now() WHERE account_id = $1 AND to_at IS NULL),
              moved AS (UPDATE account SET territory_id = $2 WHERE id = $1)
         INSERT INTO account_home (org_id, account_id, from_at, territory_id) VALUES ($3, $1, now() + interval '1 s', $2)`,
        [north.accounts[account].id, north.territories[to], north.orgId],
      )
    await move('finistere', 'bearn')
    await move('bearn', 'finistere')
    expect(await listed('local', day)).toEqual([there])
    expect(
      (await as('local').report.countForExport({ territoryId: north.territories.pyrenees, ...day })).rows,
    ).toBe(1)
    expect(linesOf(await exported('local', day))).toHaveLength(2)
    expect(await refusal(as('local').report.get({ reportId: here }))).toBe('FORBIDDEN')
    const { filedAt, home } = await as('local').report.get({ reportId: there })
    expect([filedAt?.name, home.name]).toEqual(['finistere', 'bearn'])
    await move('finistere', 'finistere' as 'bearn')
    await move('bearn', 'bearn')
  })

  it('are for who reads reports there: neither an administrator, nor a neighbour, nor another organisation', async () => {
    const reportId = await file({ at: 'basque' })
    expect(await refusal(as('admin').report.get({ reportId }))).toBe('FORBIDDEN')
    expect(await refusal(as('bretonRep').report.get({ reportId }))).toBe('FORBIDDEN')
    expect(await refusal(as('hq', world.other).report.get({ reportId }))).toBe('NOT_FOUND')
    expect(await refusal(exported('admin'))).toBe('FORBIDDEN')
    expect(await refusal(exported('bretonRep'))).toBe('FORBIDDEN')
    const territoryId = north.territories.pyrenees
    expect(await refusal(exported('hq', { territoryId }, 'fr', world.other))).toBe('NOT_FOUND')
  })
})

describe('one report', () => {
  it('is told under the words it was filled against, with its corrections and without how long it took', async () => {
    const fieldId = await questionOf('pyrenees', 'rival', {
      type: 'single_choice',
      label: { fr: 'Concurrent' },
      options: [{ id: 'frimat', label: { fr: 'Frimat' } }],
    })
    const reportId = await file({
      at: 'basque',
      values: { [fieldId]: { v: 1, x: 'frimat' } },
      form: [[fieldId, 1]],
    })
    await world.sql(
      north.orgId,
      `INSERT INTO field_version (org_id, field_id, version, spec)
       SELECT org_id, field_id, 2, spec || '{"label": {"fr": "Fournisseur"}, "options": [{"id": "frimat", "label": {"fr": "Frimat SA"}}]}' FROM field_version WHERE field_id = $1`,
      [fieldId],
    )
    await world.sql(north.orgId, 'UPDATE field_definition SET current_version = 2 WHERE id = $1', [fieldId])
    await change(
      reportId,
      { [`values.${fieldId}`]: null, outcome: 'none', durationSeconds: 4321 },
      {
        [`values.${fieldId}`]: { v: 1, x: 'frimat' },
        outcome: 'order',
        durationSeconds: 1234,
      },
    )
    const told = await as('local').report.get({ reportId })
    expect(told.questions).toMatchObject([
      {
        label: { fr: 'Concurrent' },
        now: { fr: 'Fournisseur' },
        told: { parts: { labels: [{ fr: 'Frimat' }] } },
      },
    ])
    expect(told.changes).toMatchObject([
      { by: 'north-basqueRep', lines: [{ of: 'outcome' }, { of: 'answer', before: { state: 'empty' } }] },
    ])
    expect(JSON.stringify(told)).not.toMatch(/4321|1234/)
    const [head = '', line = ''] = linesOf(
      await exported('local', { accountId: north.accounts.basque.id, kind: 'visit', from: '2026-11-18' }),
    ).filter((row) => /Fournisseur|Frimat/.test(row))
    expect(head).toContain('Fournisseur')
    expect(line).toContain('Frimat')
    expect(line).not.toContain('Frimat SA')
  })

  it('keeps the words of a level from those above it, on screen, in corrections and in files', async () => {
    const secret = `secret-${randomUUID()}`
    const open = `open-${randomUUID()}`
    const local = await questionOf('basque', 'words', { type: 'long_text', label: { fr: 'Confidences' } })
    const shared = await questionOf('basque', 'told', { type: 'short_text', shared: true })
    const reportId = await file({
      at: 'basque',
      day: '2026-06-01',
      values: { [local]: { v: 1, x: secret }, [shared]: { v: 1, x: open } },
      form: [
        [local, 1],
        [shared, 1],
      ],
    })
    await change(
      reportId,
      { [`values.${local}`]: { v: 1, x: `${secret}-before` } },
      { [`values.${local}`]: { v: 1, x: secret } },
    )
    const month = { from: '2026-06-01', to: '2026-06-30' }
    for (const who of ['local', 'hq'] as const) {
      const told = await as(who).report.get({ reportId })
      expect(told.questions.find(({ fieldId }) => fieldId === local)?.told).toEqual({ state: 'kept' })
      const text = await exported(who, month)
      expect(JSON.stringify(told) + text).not.toContain(secret)
      expect(JSON.stringify(told)).toContain(open)
      expect(text).toContain(open)
      expect(text).not.toContain('Confidences')
    }
    const own = await as('basqueRep').report.get({ reportId })
    expect(JSON.stringify(own)).toContain(`${secret}-before`)
  })

  async function change(reportId: string, before: object, after: object): Promise<void> {
    await world.sql(
      north.orgId,
      `INSERT INTO change (org_id, entity, entity_id, version, membership_id, op_id, kind, before, after)
       VALUES ($1, 'report', $2, 2, $3, $4, 'report.amend', $5, $6)`,
      [
        north.orgId,
        reportId,
        north.people.basqueRep.membershipId,
        randomUUID(),
        JSON.stringify(before),
        JSON.stringify(after),
      ],
    )
  }
})

describe('a file of answers', () => {
  it('runs no formula, whatever a label or an answer holds, and keeps a row a row', async () => {
    const hostile = `=HYPERLINK("http://x")`
    const label = { fr: `@sum;"\n${'très '.repeat(40)}\u202e<b>long</b>` }
    const fieldId = await questionOf('pyrenees', 'hostile', { type: 'short_text', shared: true, label })
    const values = ['=1+1', '+33', '-2', '@x', '\tx', `a;"b"\r\nc`, hostile]
    for (const x of values)
      await file({ at: 'basque', day: '2026-07-01', values: { [fieldId]: { v: 1, x } } })
    const text = await exported('local', { from: '2026-07-01', to: '2026-07-01' })
    expect(text.startsWith('\uFEFFJour;Quoi;Fin;')).toBe(true)
    expect(text.match(/2026-07-01/g)).toHaveLength(values.length)
    for (const cell of text.split(';')) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@\t]/)
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
  })

  it('is told in English with commas, and says what is not known', async () => {
    const fieldId = await questionOf('pyrenees', 'budget', {
      type: 'money',
      currency: 'EUR',
      label: { fr: 'Budget', en: 'Budget' },
    })
    await file({ at: 'basque', day: '2026-08-01', values: { [fieldId]: { v: 1, x: null } } })
    await file({ at: 'basque', day: '2026-08-02', values: { [fieldId]: { v: 1, x: 12.5 } } })
    const [head, first, second] = linesOf(
      await exported('local', { from: '2026-08-01', to: '2026-08-31' }, 'en'),
    )
    expect(head).toMatch(/^Day,.*,Budget \(amount\),Budget \(currency\)/)
    expect(first).toContain(',12.5,EUR')
    expect(second?.toLowerCase()).toContain(',does not know,')
  })

  it('leaves a line in the journal before its first row: who, of what, how many, narrowed by what', async () => {
    await file({ at: 'bearn', day: '2026-09-01', outcome: 'quote' })
    const context = { deps: world.deps, session: north.people.local }
    const query = reportQuery.parse({
      territoryId: north.territories.pyrenees,
      from: '2026-09-01',
      outcomes: ['quote'],
      authorId: north.people.basqueRep.membershipId,
    })
    await exportReports(context, query, { locale: 'fr', format: 'csv' })
    const [line] = (await as('admin').audit.list({ kind: 'report' })).lines
    expect(line).toMatchObject({
      action: 'report.export',
      who: { name: 'north-local' },
      words: { subject: 'pyrenees', count: 1 },
      changes: [{ aspect: 'filter', to: [{ fr: 'de north-basqueRep' }, {}, { fr: 'Devis', en: 'Quote' }] }],
    })
  })

  it('stops in the middle when access ends', async () => {
    await file({ at: 'basque', day: '2026-10-01' })
    const { membershipId } = north.people.regional
    const context = { deps: world.deps, session: north.people.regional }
    const query = reportQuery.parse({ territoryId: north.territories.aquitaine, from: '2026-10-01' })
    const { chunks } = await exportReports(context, query, { locale: 'fr', format: 'csv' })
    await chunks.next()
    await world.sql(north.orgId, 'UPDATE membership SET revoked_at = $2 WHERE id = $1', [
      membershipId,
      WORLD_NOW,
    ])
    expect(await refusal(chunks.next())).toBe('MEMBERSHIP_REVOKED')
  })
})
