import { inOrg, openDb } from '@fieldback/db/client'
import { branchFacts } from '@fieldback/db/field/branch-facts.repo'
import { answerFault } from '@fieldback/domain/field/answer-fault'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { specFault, tidySpec } from '@fieldback/domain/field/plan-publish'
import { checkGiveback } from '@fieldback/domain/giveback/check-giveback'
import { describe, expect, it } from 'vitest'
import type { Organisation } from './organisation.ts'
import { type Seeded, TODAY } from './seeded.fixture.ts'
import {
  CELLS,
  DAYS,
  differences,
  HEADCOUNTS,
  KEPT_CELLS,
  PEOPLE,
  PRESENCE,
  STOCKS,
} from './truth.fixture.ts'

/** Rules of what the seed wrote, checked on the database of demo.db.test.ts: filling another would take ten seconds. */
export function checkTruth(demo: Seeded): void {
  describe('answers', () => {
    type Asked = { spec: FieldSpec; entity: string; owner: string }
    const held = `SELECT 'account' AS entity, a.values, t.path FROM account a JOIN territory t ON t.id = a.territory_id
    UNION ALL SELECT 'contact', c.values, t.path FROM contact c JOIN account a ON a.id = c.account_id JOIN territory t ON t.id = a.territory_id
    UNION ALL SELECT 'report', r.values, t.path FROM report r JOIN territory t ON t.id = r.territory_id`

    it('each fits its question, which is asked at that home of that kind of thing', async () => {
      for (const organisation of [demo.first, demo.second]) {
        const fields = await demo.rows<Asked & { key: string }>(
          `SELECT d.id || ':' || v.version AS key, v.spec, d.entity, t.path AS owner FROM field_definition d
          JOIN field_version v ON v.field_id = d.id JOIN territory t ON t.id = d.territory_id`,
          organisation,
        )
        const asked = new Map<string, Asked>(fields.map((field) => [field.key, field]))
        const documents = await demo.rows<{
          entity: string
          values: Organisation['reports'][number]['values']
          path: string
        }>(held, organisation)
        const faults = documents.flatMap(({ entity, values, path }) =>
          Object.entries(values).filter(([id, { v, x }]) => {
            const field = asked.get(`${id}:${v}`)
            return (
              !field ||
              field.entity !== entity ||
              !path.startsWith(field.owner) ||
              answerFault(field.spec, x) !== null
            )
          }),
        )
        expect(documents.length).toBeGreaterThan(200)
        expect(faults).toEqual([])
      }
    })
    it('typed columns and the child table hold the reportable answers of the documents, and nothing else', async () => {
      const slots = await demo.rows<{
        id: string
        entity: string
        slot: string | null
        type: string
        branch: string
      }>(
        `SELECT d.id, d.entity, d.slot, v.spec->>'type' AS type, t.path AS branch FROM field_definition d
        JOIN field_version v ON v.field_id = d.id JOIN territory t ON t.id = d.territory_id
       WHERE (v.spec->>'reportable')::boolean`,
      )
      expect(slots.filter(({ slot }) => slot === null).map(({ type }) => type)).toEqual([
        'multiple_choice',
        'multiple_choice',
      ])
      for (const { id, entity, slot, branch } of slots) {
        const home = {
          account: 'e.territory_id',
          contact: '(SELECT territory_id FROM account WHERE id = e.account_id)',
          report: 'e.territory_id',
        }[entity]
        const inBranch = `${entity} e JOIN territory t ON t.id = ${home} AND starts_with(t.path, '${branch}')`
        if (slot === null) {
          const said = `SELECT e.id, choice FROM ${entity} e, jsonb_array_elements_text(e.values->'${id}'->'x') AS choice`
          const kept = `SELECT entity_id, text FROM field_answer WHERE field_id = '${id}'`
          expect(
            await demo.count(`((${said} EXCEPT ${kept}) UNION ALL (${kept} EXCEPT ${said})) AS differ`),
          ).toBe(0)
          expect(await demo.count(`field_answer WHERE field_id = '${id}'`)).toBeGreaterThan(100)
        } else {
          expect(
            await demo.count(`${inBranch} WHERE e.${slot}::text IS DISTINCT FROM e.values->'${id}'->>'x'`),
          ).toBe(0)
          expect(await demo.count(`${inBranch} WHERE e.${slot} IS NOT NULL`)).toBeGreaterThan(100)
        }
      }
    })
    it('the ledger counts the answers and seconds of each rep', async () => {
      const said = `SELECT r.author_id, a.key::uuid, date_trunc('month', r.day)::date, count(*) FROM report r, jsonb_each(r.values) AS a GROUP BY 1, 2, 3`
      const kept = `SELECT membership_id, field_id, month, answers::bigint FROM ledger_cell WHERE answers > 0`
      expect(
        await demo.count(`((${said} EXCEPT ${kept}) UNION ALL (${kept} EXCEPT ${said})) AS differ`),
      ).toBe(0)
      const given = `SELECT field_id, month, sum(answers)::bigint FROM ledger_cell WHERE answers > 0 GROUP BY 1, 2`
      const binned = `SELECT field_id, month, sum(n)::bigint FROM field_seconds GROUP BY 1, 2`
      expect(
        await demo.count(`((${given} EXCEPT ${binned}) UNION ALL (${binned} EXCEPT ${given})) AS differ`),
      ).toBe(0)
      const months = `SELECT field_id, month, answers FROM ledger_month WHERE answers > 0`
      expect(
        await demo.count(`((${given} EXCEPT ${months}) UNION ALL (${months} EXCEPT ${given})) AS differ`),
      ).toBe(0)
      expect(await demo.count(`ledger_cell WHERE used > received OR (answers = 0) <> (seconds = 0)`)).toBe(0)
    })
  })

  describe('questions', () => {
    it('would be published today: every return of each works in its branch', async () => {
      const db = openDb({ url: demo.database.appUrl, max: 1 })
      try {
        for (const organisation of [demo.first, demo.second]) {
          const places = new Map(organisation.territories.map((node) => [node.id, node]))
          const scope = { orgId: organisation.id, membershipId: '', deviceId: '', day: TODAY, grants: [] }
          for (const field of organisation.definitions) {
            const owner = places.get(field.territoryId)
            if (!owner) throw new Error(`${field.key} has no owner`)
            const facts = await inOrg(db, organisation.id, (tx) => branchFacts({ tx, scope }, owner))
            expect(specFault(field.spec), field.key).toBeNull()
            expect(tidySpec(field.entity, field.spec), field.key).toEqual(field.spec)
            for (const giveback of field.spec.givebacks)
              expect(checkGiveback(giveback, field, facts), `${field.key} ${giveback.kind}`).toMatchObject({
                working: true,
              })
          }
        }
      } finally {
        await db.close()
      }
    })
  })

  describe('reports', () => {
    it('belong to the home of their account, after it became known, by a rep of the branch', async () => {
      const linked = `report r JOIN account a ON a.id = r.account_id JOIN territory t ON t.id = a.territory_id`
      expect(
        await demo.count(`${linked} WHERE r.territory_id <> a.territory_id OR r.captured_at < a.created_at`),
      ).toBe(0)
      expect(
        await demo.count(`${linked} WHERE NOT EXISTS (SELECT 1 FROM assignment s JOIN territory b ON b.id = s.territory_id
        WHERE s.membership_id = r.author_id AND starts_with(t.path, b.path) AND s.valid_from <= r.day)`),
      ).toBe(0)
      expect(
        await demo.count(`report r JOIN contact c ON c.id = r.contact_id WHERE c.account_id <> r.account_id`),
      ).toBe(0)
    })
    it('the last visit of an account is its latest visit that stands', async () => {
      expect(
        await demo.count(`account a WHERE last_visit_day IS DISTINCT FROM (SELECT max(day) FROM report r
        WHERE r.account_id = a.id AND r.kind = 'visit' AND r.status <> 'withdrawn')`),
      ).toBe(0)
      const due = await demo.count(`account WHERE last_visit_day + visit_every_days <= date '${TODAY}'`)
      expect(due).toBeGreaterThan(200)
      expect(due).toBeLessThan(1_000)
    })
    it('come four to eight a day, one account at most once a day for a rep', async () => {
      const perDay = await demo.rows<{ n: number }>(
        'SELECT count(*)::int AS n FROM report GROUP BY author_id, day',
      )
      expect(Math.max(...perDay.map(({ n }) => n))).toBeLessThanOrEqual(8)
      expect(perDay.filter(({ n }) => n < 4).length / perDay.length).toBeLessThan(0.02)
      expect(
        await demo.count(
          '(SELECT 1 FROM report GROUP BY author_id, account_id, day HAVING count(*) > 1) AS twice',
        ),
      ).toBe(0)
    })
    it('those taken back count nowhere and keep their history', async () => {
      const withdrawn = await demo.count(`report WHERE status = 'withdrawn'`)
      expect(withdrawn).toBeGreaterThan(50)
      expect(
        await demo.count(`report r JOIN change c ON c.entity_id = r.id AND c.version = r.version AND c.kind = 'report.withdraw'
      WHERE r.status = 'withdrawn'`),
      ).toBe(withdrawn)
    })
  })

  describe('roll-ups', () => {
    it.each([
      [KEPT_CELLS, 'field_id, basis, territory_id, month, bucket, outcome, n, sum', CELLS, 50_000],
      ['rollup_day', 'basis, territory_id, day, kind, outcome, n', DAYS, 20_000],
      ['rollup_person', 'basis, territory_id, month, membership_id, n', PEOPLE, 3_000],
      ['rollup_presence', 'basis, territory_id, era, membership_id, months', PRESENCE, 500],
      ['rollup_headcount', 'basis, territory_id, era, months, n', HEADCOUNTS, 100],
      ['stock_cell', 'field_id, territory_id, bucket, n, sum', STOCKS, 1_000],
    ])('%s equals a group-by of the truth', async (table, columns, truth, least) => {
      const { kept, missing, extra } = await demo.one<{ kept: number; missing: number; extra: number }>(
        differences(table, columns, truth),
      )
      expect({ missing, extra }).toEqual({ missing: 0, extra: 0 })
      expect(kept).toBeGreaterThan(least)
    })
  })

  describe('there is something to find', () => {
    const standing = `report r JOIN account a ON a.id = r.account_id JOIN territory t ON t.id = a.territory_id
    LEFT JOIN contact c ON c.id = r.contact_id`
    /** Percentage of orders with a condition and without, among reports where it is known. */
    const orders = async (known: string, condition: string): Promise<{ with: number; without: number }> =>
      demo.one(`SELECT 100.0 * avg((outcome = 'order')::int) FILTER (WHERE ${condition})::float8 AS with,
        100.0 * avg((outcome = 'order')::int) FILTER (WHERE NOT (${condition}))::float8 AS without
      FROM ${standing} WHERE r.status <> 'withdrawn' AND ${known}`)
    const fieldId = (key: string): string =>
      demo.first.definitions.find((field) => field.key === key)?.id ?? ''
    const said = (key: string): string => `(r.values->'${fieldId(key)}'->'x')`

    it('ovens discussed where the oven is older than twelve years bring 10 points of orders more', async () => {
      const rate = await orders(
        `a.n01 IS NOT NULL AND ${said('produits')} IS NOT NULL AND a.values ? '${fieldId('annee_four')}'`,
        `${said('produits')} ? 'four' AND 2026 - a.n01 > 12`,
      )
      expect(rate.with - rate.without).toBeGreaterThan(10)
    })
    it('Frimat in place keeps 10 points of orders away', async () => {
      const rate = await orders(`${said('concurrent')} <> 'null'`, `${said('concurrent')} = '"frimat"'`)
      expect(rate.without - rate.with).toBeGreaterThan(10)
    })
    it('a contact who speaks Basque brings the team of Pays Basque 10 points of orders more than one who does not', async () => {
      const rate = await orders(`t.name = 'Pays Basque' AND c.t01 IN ('oui', 'non')`, `c.t01 = 'oui'`)
      expect(rate.with - rate.without).toBeGreaterThan(10)
    })
    it('the better the humour, the more orders', async () => {
      const shares = await demo.rows<{ share: number }>(
        `SELECT avg((outcome = 'order')::int)::float8 AS share FROM report r WHERE status <> 'withdrawn' AND ${said('humeur')} IS NOT NULL
        GROUP BY values->'${fieldId('humeur')}'->>'x' ORDER BY array_position(ARRAY['tres_bonne', 'bonne', 'moyenne', 'mauvaise'], values->'${fieldId('humeur')}'->>'x')`,
      )
      const order = shares.map(({ share }) => share)
      expect(order).toHaveLength(4)
      expect([...order].sort((a, b) => b - a)).toEqual(order)
    })
    it('places differ: Frimat is twice as frequent in Béarn as on Pays Basque, Sofour in Gironde as in Pyrénées-Atlantiques', async () => {
      const share = async (rival: string, where: string): Promise<number> =>
        (
          await demo.one<{
            share: number
          }>(`SELECT avg((${said('concurrent')} = '"${rival}"')::int)::float8 AS share
          FROM ${standing} WHERE ${said('concurrent')} <> 'null' AND ${where}`)
        ).share
      const department = (code: string) =>
        `starts_with(t.path, (SELECT path FROM territory WHERE rank = 2 AND code = '${code}'))`
      expect(await share('frimat', `${department('64')} AND t.name <> 'Pays Basque'`)).toBeGreaterThan(
        1.7 * (await share('frimat', `t.name = 'Pays Basque'`)),
      )
      expect(await share('sofour', department('33'))).toBeGreaterThan(
        1.7 * (await share('sofour', department('64'))),
      )
    })
  })
}
