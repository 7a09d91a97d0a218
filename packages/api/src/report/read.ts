import { conversionsOf } from '@fieldback/db/field/conversion.repo'
import { definitionsOf } from '@fieldback/db/field/field.repo'
import { mediaKept } from '@fieldback/db/media/media.repo'
import {
  type ContactSeen,
  findReport,
  namesReferred,
  type ReportWhole,
  reportChanges,
  reportGround,
  versionsOfFields,
} from '@fieldback/db/report/report.repo'
import { noteUse } from '@fieldback/db/report/use.repo'
import { hiddenTextFields, type ScopedDb } from '@fieldback/db/scoped-db'
import { pathTerritories } from '@fieldback/db/territory/territory.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { readConverted } from '@fieldback/domain/field/conversion'
import { askedAt, lackingToday, type ReadToday } from '@fieldback/domain/report/form-of-report'
import {
  type AnswerTold,
  fieldsChanged,
  type LineChanged,
  type QuestionTold,
  readChange,
  readReport,
} from '@fieldback/domain/report/read-report'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import { normalisePhone } from '../sync/normalise-phone.ts'

type Place = Pick<TerritoryRow, 'id' | 'name' | 'rank'>

export type ReportChangeTold = {
  readonly version: number
  /** ISO 8601 */
  readonly at: string
  readonly by: string
  readonly lines: readonly LineChanged[]
}

export type ReportTold = Omit<ReportWhole, 'values' | 'missing' | 'form' | 'home' | 'filedAt'> & {
  readonly contact: ContactSeen | null
  readonly home: Place
  /** Where its account sat when it was filed, if that is elsewhere. */
  readonly filedAt: Place | null
  readonly questions: readonly QuestionTold[]
  /** The last change first; without the filing itself. */
  readonly changes: readonly ReportChangeTold[]
  /** Names of what answers and corrections point to, by id; absent where the reader may not read it. */
  readonly names: Readonly<Record<string, string>>
  /** Ids of its photos that have come: the others wait on the phone of their author. */
  readonly photos: readonly string[]
}

/**
 * One report as it was said, under the words of then, with its corrections. NOT_FOUND; FORBIDDEN where its account sits
 * outside of the reader's branches.
 */
export async function readWhole(sdb: ScopedDb, reportId: string): Promise<ReportTold> {
  const hidden = await hiddenTextFields(sdb)
  const found = await findReport(sdb, reportId, hidden)
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'report' })
  const { values, form, home, filedAt, status, ...head } = found
  const verdict = verdictAt(sdb.scope, 'report.read', home)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'report.read' })
  const missing = status === 'to_complete' ? await lacking(sdb, found) : []
  const changes = (await reportChanges(sdb, reportId)).filter(({ kind }) => kind !== 'report.create')
  const versions = await versionsOfFields(sdb, [
    ...new Set([
      ...Object.keys(values),
      ...missing,
      ...form.map(([fieldId]) => fieldId),
      ...changes.flatMap(fieldsChanged),
    ]),
  ])
  const reading = { versions, hidden, today: sdb.scope.day }
  const questions = readReport({ values, form, missing }, reading)
  const told = changes.map(({ version, at, by, ...sides }) => ({
    version,
    at,
    by,
    lines: readChange(sides, reading),
  }))
  const names = await namesReferred(sdb, [...referred(questions, told)])
  await noteUse(sdb, 'read', [reportId])
  return {
    ...head,
    status: status === 'to_complete' && missing.length === 0 ? 'accepted' : status,
    home: placeOf(home),
    filedAt: filedAt.id === home.id ? null : placeOf(filedAt),
    questions,
    changes: told,
    names: Object.fromEntries(names),
    photos: await mediaKept(sdb, reportId),
  }
}

/** What today's form still requires of a report; its conditions read what the reader may not see, too. */
async function lacking(sdb: ScopedDb, { id, home, missing }: ReportWhole): Promise<string[]> {
  const path = await pathTerritories(sdb, home.path)
  const definitions = await definitionsOf(sdb, pathIds(home.path))
  const conversions = await conversionsOf(sdb.tx, sdb.scope.orgId)
  const read: ReadToday = (entity, values) => readConverted(conversions, entity, values, normalisePhone)
  return lackingToday(missing, askedAt(path, definitions), await reportGround(sdb, id), read)
}

const placeOf = ({ id, name, rank }: TerritoryRow): Place => ({ id, name, rank })

/** Ids of the accounts and contacts whose names a screen needs. */
function* referred(
  questions: readonly QuestionTold[],
  changes: readonly ReportChangeTold[],
): Generator<string> {
  const lines = changes.flatMap((change) => change.lines)
  const answers: AnswerTold[] = [
    ...questions.map(({ told }) => told),
    ...lines.flatMap((line) => (line.of === 'answer' ? [line.before, line.after] : [])),
  ]
  for (const told of answers)
    if (told.state === 'said' && told.parts.kind === 'reference') yield told.parts.id
  for (const line of lines)
    if (line.of === 'contactId') yield* [line.before, line.after].filter((id) => id !== null)
}
