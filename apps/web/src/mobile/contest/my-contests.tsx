'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { useMarkLabel } from '../agenda/visit-reason.tsx'
import type { PhoneState } from '../data/store.ts'
import { useLabel, usePhoneState } from '../phone.tsx'
import { AnswerWords, Quoted, StandingWords } from './contest-words.tsx'
import { type OwnContest, ownContests } from './own-contests.ts'
import { useContestTexts } from './use-contest-texts.ts'

/** What the reader contests, and what came back of it. */
export function MyContests() {
  const text = useContestTexts()
  const state = usePhoneState()
  const own = ownContests(state)
  if (own.length === 0) return null
  return (
    <section aria-labelledby="contests">
      <SectionHead id="contests">{text('mine')}</SectionHead>
      <List inset="mark">
        {own.map((contest) => (
          <ContestItem key={contest.id} contest={contest} state={state} />
        ))}
      </List>
    </section>
  )
}

function ContestItem({ contest, state }: { contest: OwnContest; state: PhoneState }) {
  const text = useContestTexts()
  const label = useLabel()
  const markLabel = useMarkLabel()
  const { fields, pastFields, territories } = state.frame
  const versions = [...fields, ...pastFields].filter(({ id }) => id === contest.fieldId)
  const asked = versions.find(({ version }) => version === contest.fieldVersion) ?? versions[0]
  const owner = territories.find(({ id }) => id === asked?.territoryId)
  const version = Math.max(contest.fieldVersion, ...versions.map((one) => one.version))
  return (
    <ListRow
      lead={owner && <LevelMark rank={owner.rank} label={markLabel(owner)} />}
      title={asked ? label(asked.spec.label) : text('gone')}
      text={
        <>
          {text(`reason.${contest.reason}`)}
          {contest.word && <Quoted words={contest.word} />}
          <span className="mt-1 block text-ink">
            {contest.answer ? (
              <AnswerWords answer={contest.answer} owner={owner?.name ?? ''} version={version} />
            ) : (
              <StandingWords contest={contest} owner={owner?.name ?? ''} />
            )}
          </span>
        </>
      }
    />
  )
}
