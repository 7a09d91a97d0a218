'use client'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import { accountLine, insightEvidence, insightSentence } from '@fieldback/i18n/insight-words'
import { Chip } from '@fieldback/ui/chip'
import { Evidence } from '@fieldback/ui/evidence'
import { IntervalPair } from '@fieldback/ui/interval-pair'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { ReturnCard } from '@fieldback/ui/return-card'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useJudge } from './use-judge.ts'
import { useWords } from './use-words.ts'

/** One sentence with its evidence a tap away, whom it concerns, and whether it was of use. */
export function InsightCard({ told }: { told: ToldInsight }) {
  const text = useTranslations('insight')
  const words = useWords()
  const levelName = useLevelName()
  return (
    <article className="flex flex-col gap-2">
      <ReturnCard
        compact
        tone={told.useful === false ? 'soon' : 'return'}
        eyebrow={
          <span className="inline-flex items-center gap-1.5">
            {text(`kind.${told.kind}`)} ·{' '}
            <LevelMark rank={told.place.rank} size={16} label={levelName(told.place.rank)} />
            {told.place.name}
          </span>
        }
        sentence={insightSentence(told, words)}
        proofLabel={text('evidence.open')}
        source={<Judge told={told} />}
      >
        <Proof told={told} />
      </ReturnCard>
      {told.accounts.length > 0 && <Accounts told={told} />}
    </article>
  )
}

function Judge({ told }: { told: ToldInsight }) {
  const text = useTranslations('insight')
  const opinion = useTranslations('opinion')
  const { judge, failed } = useJudge(told.key)
  return (
    <span className="flex flex-wrap items-center gap-2">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{opinion('label')}</legend>
        <Chip pressed={told.useful === true} onClick={() => judge(told.useful === true ? null : true)}>
          {opinion('useful')}
        </Chip>
        <Chip pressed={told.useful === false} onClick={() => judge(told.useful === false ? null : false)}>
          {opinion('useless')}
        </Chip>
      </fieldset>
      {failed && <span role="alert">{text('judge.failed')}</span>}
    </span>
  )
}

function Proof({ told }: { told: ToldInsight }) {
  const { rows, ...shares } = insightEvidence(told, useWords())
  return (
    <Evidence rows={rows}>
      <IntervalPair {...shares} />
    </Evidence>
  )
}

/** Accounts that fit without pushing what follows off the screen. */
const AT_FIRST = 5

function Accounts({ told }: { told: ToldInsight }) {
  const text = useTranslations('insight')
  const formats = useFormats()
  const [all, setAll] = useState(false)
  const shown = all ? told.accounts : told.accounts.slice(0, AT_FIRST)
  const left = told.accounts.length - shown.length
  return (
    <List label={text('accounts', { kind: told.kind })}>
      {shown.map((account) => (
        <ListRow
          key={account.id}
          href={`/manage/reports?at=${told.place.id}&account=${account.id}`}
          renderLink={nextLink}
          chevron
          title={account.name}
          text={accountLine(account, { text, formats })}
        />
      ))}
      {left > 0 && (
        <ListRow plain title={text('moreAccounts', { count: left })} onClick={() => setAll(true)} />
      )}
    </List>
  )
}
