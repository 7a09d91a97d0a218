import { KIND } from '../../packages/domain/src/analytics/fact.ts'

/**
 * What head office asks of its figures, forty times over twelve months: 11 narrowed by a second question, 5 by a concept, 6 as organised then.
 * `fields`: ids of national questions by key, and of the two concepts. Times of entry and fill rates have no column to be counted from by plain SQL.
 */
export function explorerQuestions({ territoryId, regionId, period, fields }) {
  const asked = (measure, over = {}) => ({ territoryId, basis: 'today', period, measure, ...over })
  const { humeur, decideur, besoin, budget, prix_concurrent: prix, concurrents, animations } = fields
  const share = (fieldId, bucket = null) => ({ of: 'share', fieldId, bucket })
  const orders = { of: 'outcome', outcome: 'order' }
  const only = (fieldId, ...buckets) => ({ fieldId, buckets })
  const regions = [{ by: 'territory', rank: 1 }]
  const departments = [{ by: 'territory', rank: 2 }]
  const months = [{ by: 'month' }]
  const answers = (fieldId) => [{ by: 'answer', fieldId }]
  const then = { basis: 'then' }
  const year = { compare: { with: 'year' } }
  const previous = { compare: { with: 'previous' } }
  return [
    asked({ of: 'count' }, { split: regions }),
    asked({ of: 'count' }, { split: departments }),
    asked({ of: 'count' }, { split: [...regions, ...months] }),
    asked({ of: 'count' }, { split: regions, ...year }),
    asked({ of: 'count' }, { split: departments, ...then }),
    asked(orders, { split: regions }),
    asked(orders, { split: departments, ...previous }),
    asked({ of: 'outcome', outcome: 'quote' }, { split: months }),
    asked(orders, { split: regions, ...then }),
    asked(orders, { split: answers(humeur) }),
    asked(orders, { split: [...answers(besoin), ...regions] }),
    asked(share(humeur, 'tres_bonne'), { split: regions }),
    asked(share(decideur, 'true'), { split: departments }),
    asked(share(besoin), { split: [...answers(besoin), ...regions] }),
    asked(share(decideur, 'true'), { split: months, ...year }),
    asked(share(besoin, 'aucun'), { split: departments, ...then }),
    asked(share(decideur, 'true'), { split: [{ by: 'territory' }], territoryId: regionId }),
    asked({ of: 'mean', fieldId: budget }, { split: regions }),
    asked({ of: 'sum', fieldId: budget }, { split: departments }),
    asked({ of: 'median', fieldId: budget }, { split: regions }),
    asked({ of: 'median', fieldId: budget }, { split: months, ...then }),
    asked({ of: 'fill', fieldId: besoin }, { split: departments }),
    asked({ of: 'entry', fieldId: humeur }, { split: months }),
    asked({ of: 'count', fieldId: humeur, bucket: 'mauvaise' }, { split: departments, ...then }),

    asked(share(humeur, 'tres_bonne'), { split: regions, filters: [only(decideur, 'true')] }),
    asked(share(besoin, 'agrandir'), { split: departments, filters: [only(decideur, 'true')] }),
    asked(share(decideur, 'true'), { split: departments, filters: [only(humeur, 'mauvaise')] }),
    asked({ of: 'mean', fieldId: budget }, { split: regions, filters: [only(besoin, 'renouveler')] }),
    asked({ of: 'mean', fieldId: budget }, { split: months, filters: [only(decideur, 'true')] }),
    asked({ of: 'median', fieldId: budget }, { split: regions, filters: [only(decideur, 'true')] }),
    asked({ of: 'fill', fieldId: besoin }, { split: regions, filters: [only(decideur, 'false')] }),
    asked(orders, { split: months, filters: [only(humeur, 'bonne', 'tres_bonne'), only(decideur, 'true')] }),
    asked(share(prix, 'true'), { split: regions, filters: [only(humeur, 'mauvaise')], ...then }),
    asked({ of: 'count' }, { split: departments, filters: [only(humeur, 'mauvaise'), only(prix, 'true')] }),
    asked(share(humeur, 'bonne'), { split: regions, kind: 'call' }),

    asked(share(animations, 'true'), { split: regions }),
    asked(share(concurrents), { split: answers(concurrents) }),
    asked(share(concurrents, 'panimat'), { split: departments }),
    asked({ of: 'count', fieldId: concurrents }, { split: months }),
    asked(orders, { split: answers(concurrents) }),
  ]
}

const LEVEL = { territory: 'place', month: 'month', answer: 'answer' }

/**
 * The same by plain SQL over the reports, from typed columns: the figures of the period, without what it is compared with. `columnOf`: the
 * typed column of a question, `path`: of the territory.
 */
export function plainSql(question, { orgId, path, columnOf }) {
  const { measure, split = [], filters = [], kind = null, basis, period } = question
  const rank = split.find(({ by }) => by === 'territory')?.rank ?? path.split('/').length - 1
  const answered = split.find(({ by }) => by === 'answer')?.fieldId
  const measured = measure.fieldId ? columnOf(measure.fieldId) : null
  const value = {
    share: measure.bucket
      ? `count(*) FILTER (WHERE ${measured} = '${measure.bucket}')`
      : `count(${measured})`,
    count: measure.bucket
      ? `count(*) FILTER (WHERE ${measured} = '${measure.bucket}')`
      : measured
        ? `count(${measured})`
        : 'count(*)',
    mean: `avg(${measured})`,
    sum: `sum(${measured})`,
    median: `percentile_disc(0.5) WITHIN GROUP (ORDER BY ${measured})`,
    fill: `count(${measured})`,
    outcome: `count(*) FILTER (WHERE r.outcome = '${measure.outcome}')`,
  }[measure.of]
  const axes = split.map(({ by }) => LEVEL[by])
  const home = basis === 'then' ? 'r.territory_id' : 'a.territory_id'
  const narrowed = filters.map(
    ({ fieldId, buckets }) =>
      `${columnOf(fieldId)} IN (${buckets.map((bucket) => `'${bucket}'`).join(', ')})`,
  )
  return `
    WITH home AS MATERIALIZED (
      SELECT t.id, g.id AS place FROM territory t LEFT JOIN territory g ON g.org_id = t.org_id AND g.rank = ${rank} AND t.path >= g.path AND t.path < g.path || '~'
       WHERE t.org_id = '${orgId}' AND t.path >= '${path}' AND t.path < '${path}~'),
    told AS (
      SELECT r.*, home.place, date_trunc('month', r.day) AS month, ${answered ? columnOf(answered) : 'NULL'} AS answer
        FROM report r JOIN account a ON a.org_id = r.org_id AND a.id = r.account_id JOIN home ON home.id = ${home}
       WHERE r.org_id = '${orgId}' AND r.status <> 'withdrawn' AND r.day >= '${period.from}-01' AND r.day < date '${period.to}-01' + interval '1 month'
         ${kind ? `AND r.kind = '${kind}'` : ''} ${narrowed.map((one) => `AND ${one}`).join(' ')})
    SELECT ${[...axes, `${measured && measure.of !== 'fill' ? `count(${measured})` : 'count(*)'} AS n`, `${value}::float8 AS value`].join(', ')}
      FROM told r GROUP BY GROUPING SETS ((${axes.join(', ')}), ())`
}

/** Pairs of questions that these ask for. */
export const isOfTwo = ({ measure, split = [], filters = [], kind = null }) =>
  new Set([
    ...(measure.fieldId ? [measure.fieldId] : []),
    ...split.flatMap(({ fieldId }) => fieldId ?? []),
    ...filters.map(({ fieldId }) => fieldId),
    ...(kind ? [KIND] : []),
  ]).size > 1
