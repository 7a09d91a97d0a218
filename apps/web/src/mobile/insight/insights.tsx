'use client'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import { accountLine } from '@fieldback/i18n/insight-words'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { useMemo, useState } from 'react'
import { JudgeInsight, useOpinions } from '../giveback/judge.tsx'
import { type Reached, useShown } from '../giveback/record.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { concerned } from './concerned.ts'
import { InsightCard } from './insight-card.tsx'
import { useInsightTexts } from './use-insight-texts.ts'

/** Shown before the others are asked for. */
const AT_FIRST = 3

/** What figures say of the reader's sector and above it, as the last exchange left it: there without network too. */
export function Insights() {
  const text = useInsightTexts()
  const insights = usePhoneState().pack.insights ?? []
  const judged = useOpinions().insights
  // What is judged here keeps its place until the screen is left: a second tap takes it back.
  const [justJudged, setJustJudged] = useState<readonly string[]>([])
  const [again, seeAgain] = useState(false)
  const [all, setAll] = useState(false)
  const isAside = ({ key }: ToldInsight) =>
    !justJudged.includes(key) && judged.some((one) => one.key === key && !one.useful)
  const seen = again ? insights : insights.filter((told) => !isAside(told))
  const aside = insights.length - seen.length
  const left = all ? 0 : Math.max(0, seen.length - AT_FIRST)
  const shown = seen.slice(0, seen.length - left)
  useShown(
    shown.flatMap(({ question }): Reached[] =>
      question ? [{ fieldId: question.id, kind: 'insight', accountId: null }] : [],
    ),
  )
  if (insights.length === 0) return null
  return (
    <section aria-labelledby="insights">
      <SectionHead id="insights">{text('page')}</SectionHead>
      <div className="grid gap-3">
        {shown.slice(0, shown.length - left).map((told) => (
          <Insight key={told.key} told={told} onJudge={() => setJustJudged([...justJudged, told.key])} />
        ))}
        {left + aside > 0 && (
          <List>
            {left > 0 && (
              <ListRow plain title={text('moreInsights', { count: left })} onClick={() => setAll(true)} />
            )}
            {aside > 0 && (
              <ListRow plain title={text('setAside', { count: aside })} onClick={() => seeAgain(true)} />
            )}
          </List>
        )}
      </div>
    </section>
  )
}

function Insight({ told, onJudge }: { told: ToldInsight; onJudge: () => void }) {
  const judged = useOpinions().insights.find(({ key }) => key === told.key)
  return (
    <>
      <InsightCard
        compact
        told={told}
        tone={judged?.useful === false ? 'soon' : 'return'}
        foot={<JudgeInsight insightKey={told.key} onJudge={onJudge} />}
        eyebrow={told.place.name}
      />
      <Accounts told={told} />
    </>
  )
}

function Accounts({ told }: { told: ToldInsight }) {
  const text = useInsightTexts()
  const { formats } = usePhone()
  const state = usePhoneState()
  const held = useMemo(() => concerned(told, state), [told, state])
  if (held.length === 0) return null
  return (
    <List label={text('accounts', { kind: told.kind })}>
      {held.map((account) => (
        <ListRow
          key={account.id}
          href={paths.account(account.id)}
          renderLink={phoneLink}
          chevron
          title={account.name}
          text={accountLine(account, { text, formats })}
        />
      ))}
    </List>
  )
}
