import type { OrgTx } from '@fieldback/db/client'
import { earlierLines, type Work } from '@fieldback/db/import/work.repo'
import type { Earlier } from '@fieldback/domain/import/line'
import { type PersonLine, personKeyOf } from '@fieldback/domain/import/plan-people'

/** Lines before a batch of people that say the same of the same person. */
export const earlierOf = (tx: OrgTx, work: Work, lines: readonly PersonLine[]): Promise<Earlier> =>
  earlierLines(tx, work, { before: lines[0]?.line ?? 0, keys: lines.map(personKeyOf), records: [] })
