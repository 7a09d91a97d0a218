import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { namesFiltered } from '@fieldback/db/report/report-list.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { filterChange } from '@fieldback/domain/audit/changes'
import { textsOf } from '../export/file-words.ts'
import { filterWords } from './file-texts.ts'
import type { ReportQuery } from './search.ts'

/** What the journal keeps of an export: of which branch, how many, and what it was narrowed by, in words of both languages. */
export async function journalExport(
  sdb: ScopedDb,
  { query, territoryId, id, rows }: { query: ReportQuery; territoryId: string; id: string; rows: number },
): Promise<void> {
  const names = await namesFiltered(sdb, query)
  const [fr, en] = [filterWords(query, names, textsOf('fr')), filterWords(query, names, textsOf('en'))]
  const changes = filterChange(fr.map((words, i) => ({ fr: words, en: en[i] ?? words })))
  await writeAudit(sdb, {
    id,
    action: 'report.export',
    subjectId: territoryId,
    detail: { count: rows, ...(changes.length > 0 ? { changes } : {}) },
  })
}
