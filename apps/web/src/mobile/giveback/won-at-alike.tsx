'use client'
import { latestWon, wonAlike } from '@fieldback/domain/giveback/won-alike'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { useDeferredValue, useMemo } from 'react'
import { agendaOf } from '../agenda/agenda-of.ts'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { useAnswerText } from '../field/answer-text.ts'
import { fieldsAt, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { useForMeTexts } from './use-for-me-texts.ts'

const SHOWN = 3
const LOOKED_AT = 20

/** Recent orders at accounts that answer as one to visit soon does: how colleagues and oneself went about it. */
export function WonAtAlike({ today }: { today: string }) {
  const { formats } = usePhone()
  const text = useForMeTexts()
  const label = useLabel()
  const answers = useAnswerText()
  const state = useDeferredValue<PhoneState | null>(usePhoneState(), null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const found = useMemo(() => state && wonBefore(state, today), [state?.rows, today])
  if (!state || !found) return null
  return (
    <section aria-labelledby="won">
      <SectionHead id="won">{text('won.title')}</SectionHead>
      <p className="mb-2 text-ink-2">{text('won.lede', { name: found.next.name })}</p>
      <List card>
        {found.won.map(({ report, account, alike }) => {
          const mine = report.authorId === state.identity.membershipId
          const author = mine ? text('won.you') : report.authorName
          const same = alike.map((one) =>
            text('won.answer', { question: label(one.label), answer: answers.bucket(one.answer) }),
          )
          return (
            <ListRow
              key={report.id}
              href={paths.report(report.id)}
              renderLink={phoneLink}
              chevron
              title={account.name}
              text={
                <>
                  {text('won.row', { day: formats.day(report.day, 'short'), author })}
                  <br />
                  {text('won.alike', { answers: formats.list(same) })}
                  {report.note && <span className="mt-1 line-clamp-2 block text-ink">{report.note}</span>}
                </>
              }
            />
          )
        })}
      </List>
    </section>
  )
}

/** Of the first visits due, the first to which something is comparable. */
function wonBefore(state: PhoneState, today: string) {
  const accountOf = (id: string) => state.rows.accounts.get(id)
  const among = { won: latestWon(heldRows(state), today), accountOf, most: SHOWN }
  for (const { accountId } of agendaOf(state, today).due.slice(0, LOOKED_AT)) {
    const next = accountOf(accountId)
    const won = next ? wonAlike(next, fieldsAt(state, next.territoryId, 'account'), among) : []
    if (next && won.length > 0) return { next, won }
  }
  return null
}
