import type { namesFiltered } from '@fieldback/db/report/report-list.repo'
import type { Say } from '../export/file-words.ts'
import type { ReportQuery } from './search.ts'

export const coreHeads = ({ desk: text }: Say): string[] => [
  text('column.day'),
  text('column.kind'),
  text('column.outcome'),
  text('column.state'),
  text('column.place'),
  text('column.account'),
  text('column.ref'),
  text('column.town'),
  text('column.contact'),
  text('column.author'),
  text('column.note'),
]

type Names = Awaited<ReturnType<typeof namesFiltered>>

/** What an export was narrowed by. */
export function filterWords(query: ReportQuery, { author, account }: Names, { desk, report }: Say): string[] {
  const { authorId, accountId, account: begins, from, to, kind, outcomes, toComplete, basis, answers } = query
  return [
    authorId && desk('filtered.author', { name: author ?? authorId }),
    accountId && desk('filtered.oneAccount', { name: account ?? accountId }),
    begins && desk('filtered.account', { text: begins }),
    from && `${desk('from')} ${from}`,
    to && `${desk('to')} ${to}`,
    kind && report(`kinds.${kind}`),
    ...outcomes.map((outcome) => report(`outcomes.${outcome}`)),
    toComplete && desk('filtered.toComplete'),
    answers.length > 0 && desk('filtered.answers', { count: answers.length }),
    basis === 'then' && desk('filtered.then'),
  ].filter((words) => typeof words === 'string' && words !== '') as string[]
}
