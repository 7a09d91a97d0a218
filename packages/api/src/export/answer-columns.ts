import { namesReferred, versionsOfFields } from '@fieldback/db/report/report.repo'
import { hiddenTextFields, type ScopedDb } from '@fieldback/db/scoped-db'
import type { Cell } from '@fieldback/domain/export/csv'
import { type Answers, isText } from '@fieldback/domain/field/answer'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import { answerCells, type CellWords, questionColumns } from '@fieldback/domain/report/export-columns'

/** The answers of a file: their columns, and the cells of a document in them, in the words of the version of then. */
export type AnswerColumns = {
  readonly heads: readonly string[]
  /** Ids of the questions whose answers are texts: who may read them is looked at with each page. */
  readonly texts: readonly string[]
  /** Ids of accounts and contacts that a document's answers point to. */
  readonly referredIn: (values: Answers) => string[]
  readonly cellsOf: (values: Answers, names: ReadonlyMap<string, string>) => readonly Cell[]
}

/** Columns for some questions, those left out whose texts this reader must not see. */
export async function answerColumns(
  sdb: ScopedDb,
  fieldIds: readonly string[],
  words: Omit<CellWords, 'nameOf'>,
): Promise<AnswerColumns> {
  const hidden = await hiddenTextFields(sdb, fieldIds)
  const versions = await versionsOfFields(
    sdb,
    fieldIds.filter((id) => !hidden.has(id)),
  )
  const columns = questionColumns(
    versions.filter(({ definition, current }) => definition.version === current),
    words,
  )
  const versionAt = definitionsAt(versions.map(({ definition }) => definition))
  const references = columns.filter(({ spec }) => spec.type.endsWith('_reference'))
  return {
    heads: columns.flatMap(({ heads }) => heads),
    texts: columns.filter(({ spec }) => isText(spec)).map(({ fieldId }) => fieldId),
    referredIn: (values) =>
      references.flatMap(({ fieldId }) => {
        const x = values[fieldId]?.x
        return typeof x === 'string' && x !== '' ? [x] : []
      }),
    cellsOf: (values, names) => {
      const said = { ...words, nameOf: (id: string) => names.get(id) }
      return columns.flatMap((column) => {
        const answer = values[column.fieldId]
        const then = answer && versionAt(column.fieldId, answer.v)
        return answerCells(column, then?.spec ?? column.spec, answer, said)
      })
    },
  }
}

/** Names that the answers of a page point to. */
export const namesIn = (
  sdb: ScopedDb,
  { referredIn }: AnswerColumns,
  page: readonly { readonly values: Answers }[],
): Promise<Map<string, string>> =>
  namesReferred(sdb, [...new Set(page.flatMap(({ values }) => referredIn(values)))])
