'use client'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import { type InsightWords, insightEvidence, insightSentence } from '@fieldback/i18n/insight-words'
import { Evidence } from '@fieldback/ui/evidence'
import { IntervalPair } from '@fieldback/ui/interval-pair'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { ReturnCard } from '@fieldback/ui/return-card'
import { SectionHead } from '@fieldback/ui/section-head'
import { useMemo, useState } from 'react'
import { useAnswerText } from '../field/answer-text.ts'
import { type Reached, useShown } from '../giveback/record.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { concerned } from './concerned.ts'
import { useInsightTexts } from './use-insight-texts.ts'

function useWords(): InsightWords {
  return {
    text: useInsightTexts(),
    formats: usePhone().formats,
    label: useLabel(),
    bucket: useAnswerText().bucket,
  }
}

/** Shown before the others are asked for. */
const AT_FIRST = 3

/** What figures say of the reader's sector and above it, as the last exchange left it: there without network too. */
export function Insights() {
  const text = useInsightTexts()
  const insights = usePhoneState().pack.insights ?? []
  const [all, setAll] = useState(false)
  useShown(
    insights
      .slice(0, all ? insights.length : AT_FIRST)
      .flatMap(({ question }): Reached[] =>
        question ? [{ fieldId: question.id, kind: 'insight', accountId: null }] : [],
      ),
  )
  const left = all ? 0 : Math.max(0, insights.length - AT_FIRST)
  if (insights.length === 0) return null
  return (
    <section aria-labelledby="insights">
      <SectionHead id="insights">{text('page')}</SectionHead>
      <div className="grid gap-3">
        {insights.slice(0, insights.length - left).map((told) => (
          <Insight key={told.key} told={told} />
        ))}
        {left > 0 && (
          <List>
            <ListRow plain title={text('moreInsights', { count: left })} onClick={() => setAll(true)} />
          </List>
        )}
      </div>
    </section>
  )
}

function Insight({ told }: { told: ToldInsight }) {
  const text = useInsightTexts()
  const words = useWords()
  const { rows, ...shares } = insightEvidence(told, words)
  return (
    <>
      <ReturnCard
        compact
        tone={told.useful === false ? 'soon' : 'return'}
        eyebrow={told.place.name}
        sentence={insightSentence(told, words)}
        proofLabel={text('evidence.open')}
        source={text('asOf', { at: words.formats.day(told.checkedAt.slice(0, 10), 'short') })}
      >
        <Evidence rows={rows}>
          <IntervalPair {...shares} />
        </Evidence>
      </ReturnCard>
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
      {held.map(({ id, name, city, lastVisitDay }) => (
        <ListRow
          key={id}
          href={paths.account(id)}
          renderLink={phoneLink}
          chevron
          title={name}
          text={[
            city,
            lastVisitDay === null
              ? text('neverSeen')
              : text('lastSeen', { day: formats.day(lastVisitDay, 'short') }),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      ))}
    </List>
  )
}
