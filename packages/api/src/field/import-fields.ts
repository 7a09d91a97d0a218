import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { branchesFacts } from '@fieldback/db/field/branch-facts.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { everyDefinitionOf, slotsInUse, territoriesAround } from '@fieldback/db/field/moved-fields.repo'
import { publishTightening } from '@fieldback/db/field/tightening.repo'
import { heldLists } from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { type FileLine, readFieldsFile } from '@fieldback/domain/field/fields-file'
import {
  type FieldsImport,
  type ImportContext,
  type ImportLine,
  placesNamed,
  planFieldsImport,
} from '@fieldback/domain/field/plan-fields-import'
import { publishPlanned } from './publish.ts'

/** Bounded like any other: a file names at most as many territories as can be judged in that time. */
export const IMPORT_TX = { timeout: 20_000 }

export type ImportRequest = { readonly territoryId: string; readonly text: string }

export type ChosenLine = {
  readonly at: number
  /** As the dry run told it. */
  readonly baseVersion: number | null
}

export type Imported = {
  /** False: a chosen line can no longer be published as it was shown, and nothing was written. */
  readonly done: boolean
  readonly lines: readonly ImportLine[]
}

/** What a file would make of a territory's questions, line by line; changes nothing. */
export async function tryImport(
  sdb: ScopedDb,
  request: ImportRequest,
  newId: () => string,
): Promise<readonly ImportLine[]> {
  const { file, around } = await openImport(sdb, request)
  return planFieldsImport(file, { ...around, ...(await askedNow(sdb, around)) }, newId).lines
}

/**
 * Publishes the chosen lines of a file, all or none: each by the rules of a publication by hand. FORBIDDEN, NOT_FOUND,
 * and the codes of a file that cannot be read.
 */
export async function importFields(
  sdb: ScopedDb,
  request: ImportRequest & { readonly chosen: readonly ChosenLine[] },
  newId: () => string,
): Promise<Imported> {
  // What the branches are like is read first: it takes the longest, and whoever publishes elsewhere waits for the lock.
  const { file, around } = await openImport(sdb, request)
  await lockPublications(sdb)
  const context = { ...around, ...(await askedNow(sdb, around)) }
  const seen = new Map(request.chosen.map(({ at, baseVersion }) => [at, baseVersion]))
  const plan = planFieldsImport(file, context, newId, new Set(seen.keys()))
  const lines = plan.lines.map((line) => (seen.get(line.at) === line.baseVersion ? line : overtaken(line)))
  if (lines.length < seen.size || lines.some(({ verdict }) => verdict.is === 'refused'))
    return { done: false, lines }
  await write(sdb, plan, newId)
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.import',
    subjectId: request.territoryId,
    detail: {
      territoryId: request.territoryId,
      count: plan.questions.length + plan.tightenings.length,
    },
  })
  return { done: true, lines }
}

/** Somebody published since the dry run. */
const overtaken = (line: ImportLine): ImportLine =>
  line.verdict.is === 'refused'
    ? line
    : {
        ...line,
        verdict: { is: 'refused', code: 'CONFLICT', params: { version: line.baseVersion ?? 0 } },
      }

type Asked = Pick<ImportContext, 'definitions' | 'slots'>
type Around = Omit<ImportContext, keyof Asked>

async function openImport(
  sdb: ScopedDb,
  { territoryId, text }: ImportRequest,
): Promise<{ readonly file: readonly FileLine[]; readonly around: Around }> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  const read = readFieldsFile(text)
  if (!read.ok) throw new FieldbackError(read.code, read.params)
  const places = await territoriesAround(sdb, territory.path)
  const into = places.find(({ id }) => id === territoryId)
  if (!into) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const facts = await branchesFacts(sdb, placesNamed(read.lines, { into, places }))
  const lists = read.lists.size > 0 && { file: read.lists, here: await heldLists(sdb, territory.path) }
  return {
    file: read.lines,
    around: { into, places, facts, references: read.references, ...(lists ? { lists } : {}) },
  }
}

/** What is asked there now; publishing, under the lock. */
async function askedNow(sdb: ScopedDb, { places }: Around): Promise<Asked> {
  const definitions = await everyDefinitionOf(
    sdb,
    places.map(({ id }) => id),
  )
  return { definitions, slots: await slotsInUse(sdb) }
}

async function write(
  sdb: ScopedDb,
  { questions, tightenings }: FieldsImport,
  newId: () => string,
): Promise<void> {
  for (const planned of questions) await publishPlanned(sdb, planned, newId)
  for (const { key, ...next } of tightenings) {
    await publishTightening(sdb, next)
    await writeAudit(sdb, {
      id: newId(),
      action: 'field.tighten',
      subjectId: next.fieldId,
      detail: { key, version: next.version, territoryId: next.territoryId },
    })
  }
}
