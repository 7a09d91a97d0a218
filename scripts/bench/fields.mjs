import { createRequire } from 'node:module'
import { resolveFields } from '../../packages/domain/src/field/resolve.ts'
import { refuseAnswers } from '../../packages/domain/src/sync/check-answers.ts'
import { percentile, timesOf } from './percentile.mjs'

// The domain's own: the launcher has no dependencies.
const { z } = createRequire(new URL('../../packages/domain/package.json', import.meta.url))('zod')

const QUESTIONS = 200
const FORM = 60
const LEVELS = ['France', 'Nouvelle-Aquitaine', 'Pyrénées-Atlantiques', 'Pays Basque']

/** Pure rules, in this process: resolution of a home, and answers judged against a form. */
export function measureFields({ times }, wanted) {
  const measures = {
    'fields.resolve.ms': measureResolution,
    'fields.validate.ratio': measureValidation,
    'fields.schema-build.ms': measureFirstUse,
  }
  return wanted.map((name) => ({ name, ...measures[name](times) }))
}

const id = (at) => `0191b151-9700-7000-8000-${String(at).padStart(12, '0')}`
const path = LEVELS.map((name, rank) => ({ id: id(rank), name, rank }))

const OPTIONS = Array.from({ length: 6 }, (_, at) => ({ id: `o${at}`, label: { fr: `Réponse ${at}` } }))
/** By turns: what a form is made of, an answer to it, and the same by a schema written by hand. */
const KINDS = [
  { spec: { type: 'yes_no' }, answer: true, schema: () => z.boolean() },
  {
    spec: { type: 'single_choice', options: OPTIONS },
    answer: 'o3',
    schema: () => z.enum(OPTIONS.map((option) => option.id)),
  },
  {
    spec: { type: 'multiple_choice', options: OPTIONS },
    answer: ['o1', 'o4'],
    schema: () => z.array(z.enum(OPTIONS.map((option) => option.id))),
  },
  { spec: { type: 'integer', min: 0, max: 50 }, answer: 12, schema: () => z.int().min(0).max(50) },
  { spec: { type: 'decimal', min: 0 }, answer: 12.5, schema: () => z.number().min(0) },
  { spec: { type: 'date' }, answer: '2026-11-29', schema: () => z.iso.date() },
  { spec: { type: 'short_text' }, answer: 'Attend un devis', schema: () => z.string().max(200) },
]

/** Questions of the four levels in turn; every third one is made stricter by a level below its owner. */
function definitions(count) {
  return Array.from({ length: count }, (_, at) => {
    const owner = at % LEVELS.length
    const spec = {
      label: { fr: `Question ${at}` },
      why: { fr: 'Pour la mesure' },
      options: [],
      givebacks: [],
    }
    const stricter = {
      id: id(10_000 + at),
      territoryId: id(3),
      version: 1,
      spec: { required: true, without: [], options: [], locks: [] },
    }
    return {
      id: id(1_000 + at),
      territoryId: id(owner),
      entity: 'report',
      key: `q${at}`,
      version: 1,
      retired: false,
      slot: null,
      spec: {
        ...spec,
        required: false,
        reportable: true,
        shared: false,
        position: at,
        ...KINDS[at % KINDS.length].spec,
      },
      tightenings: at % 3 === 0 && owner < 3 ? [stricter] : [],
    }
  })
}

function measureResolution(times) {
  const asked = definitions(QUESTIONS)
  const taken = timed(times, () => resolveFields(path, asked, 'report'))
  return { unit: 'ms', value: percentile(taken, 0.95), ...timesOf(taken), size: QUESTIONS }
}

const form = () => {
  const asked = definitions(FORM)
  const answers = Object.fromEntries(
    asked.map((field, at) => [field.id, { v: 1, x: KINDS[at % KINDS.length].answer }]),
  )
  return { asked, answers }
}

/** What a push knows of a form: see db/sync/load-context. */
function contextOf(asked) {
  return {
    versions: new Map(asked.map((field) => [`${field.id}:${field.version}`, field])),
    territories: new Map(path.map((node, at) => [node.id, { ...node, path: pathTo(at) }])),
    assignments: [],
    moves: [],
  }
}
const pathTo = (at) =>
  `${path
    .slice(0, at + 1)
    .map((node) => node.id)
    .join('/')}/`
const CAPTURE = { day: '2026-11-29', at: '2026-11-29T09:00:00.000Z', territoryIds: [id(3)] }

const handWritten = (asked) =>
  z.object(
    Object.fromEntries(
      asked.map((field, at) => [
        field.id,
        z.object({ v: z.int(), x: KINDS[at % KINDS.length].schema().nullable() }),
      ]),
    ),
  )

/** A report of sixty answers, beside a schema of the same form written by hand. */
function measureValidation(times) {
  const { asked, answers } = form()
  const context = contextOf(asked)
  const schema = handWritten(asked)
  if (refuseAnswers(context, 'report', CAPTURE, answers) !== null || !schema.safeParse(answers).success)
    throw new Error('The answers of the measure do not fit its form.')
  const ours = []
  const theirs = []
  for (let round = 0; round < times; round++) {
    theirs.push(...timed(1, () => schema.safeParse(answers), 0))
    ours.push(...timed(1, () => refuseAnswers(context, 'report', CAPTURE, answers), 0))
  }
  const value = percentile(ours, 0.5)
  const baseline = percentile(theirs, 0.5)
  return { unit: 'ms', value, baseline, ratio: value / baseline, ...timesOf(ours), size: FORM }
}

/** From the questions as they are read to the first report that is judged by them; beside it, the schema made and used. */
function measureFirstUse(times) {
  const { answers } = form()
  const ours = timed(times, () => {
    const { asked } = form()
    refuseAnswers(contextOf(asked), 'report', CAPTURE, answers)
  })
  const theirs = timed(Math.ceil(times / 10), () => handWritten(form().asked).safeParse(answers))
  const value = percentile(ours, 0.95)
  const baseline = percentile(theirs, 0.95)
  return { unit: 'ms', value, baseline, ratio: value / baseline, ...timesOf(ours), size: FORM }
}

function timed(times, work, warmUp = Math.ceil(times / 10)) {
  for (let at = 0; at < warmUp; at++) work()
  return Array.from({ length: times }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
}
