import { randomUUIDv7 } from 'node:crypto'
import { openOrganisation } from './organisation.mjs'
import { percentile, timesOf } from './percentile.mjs'
import { inBrowser } from './screens.mjs'

const QUESTIONS = 60
const TYPED = 'Ce qu’il attend de nous'
const OPTIONS = Array.from({ length: 5 }, (_, at) => ({
  id: `r${at}`,
  label: { fr: `Réponse ${at}`, en: `Answer ${at}` },
}))
/** By turns, what a long form is made of. */
const SPECS = [
  { type: 'yes_no' },
  { type: 'single_choice', options: OPTIONS },
  { type: 'integer', min: 0, max: 20 },
  { type: 'multiple_choice', options: OPTIONS },
  { type: 'date' },
  { type: 'short_text' },
]

/** A form of sixty questions on a phone four times slower than this machine: its first section, and a key pressed in it. */
export async function measureForm({ root, env, url, urls, plan, password }, { opened, keys, wanted }) {
  await askMore({ root, urls, plan })
  const told = await inBrowser({ root, env }, 'fill-form.ts', {
    url,
    password,
    rep: plan.reps[0].email,
    opened,
    keys,
    typed: TYPED,
  })
  if (!(told.questions >= QUESTIONS)) throw new Error(`The form asks ${told.questions} questions.`)
  const lines = { 'form.first-section.ms': told.sections, 'form.key-to-paint.ms': told.keys }
  return wanted.map((name) => ({
    name,
    value: percentile(lines[name], 0.95),
    unit: 'ms',
    ...timesOf(lines[name]),
    size: told.questions,
  }))
}

/** Makes the form of every rep as long as is asked, with a question to type in among the first. */
async function askMore({ root, urls, plan }) {
  const client = await openOrganisation({ root, url: urls.owner, orgId: plan.orgId })
  try {
    await client.query('BEGIN')
    for (let at = 0; at < QUESTIONS; at++) {
      const id = randomUUIDv7()
      const spec = {
        label: { fr: at === 0 ? TYPED : `Question ${at}`, en: `Question ${at}` },
        why: { fr: 'Pour la mesure.', en: 'For the measure.' },
        options: [],
        required: false,
        reportable: false,
        shared: false,
        position: at === 0 ? 0 : 100 + at,
        givebacks: [{ kind: 'badge' }],
        ...(at === 0 ? { type: 'short_text' } : SPECS[at % SPECS.length]),
      }
      await client.query(
        `INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version) VALUES ($1, $2, $3, 'report', $4, 1)`,
        [plan.orgId, id, plan.territories[0].id, `measured_${at}`],
      )
      await client.query(
        'INSERT INTO field_version (org_id, field_id, version, spec) VALUES ($1, $2, 1, $3)',
        [plan.orgId, id, JSON.stringify(spec)],
      )
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
