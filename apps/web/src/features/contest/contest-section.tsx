'use client'
import type { ContestsHere, WaitingContest } from '@fieldback/api/contest/list'
import { Card } from '@fieldback/ui/card'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { AnswerForm } from './answer-form.tsx'

type At = { readonly territoryId: string }

function useContests({ territoryId }: At) {
  const list = useQuery(useTRPC().contest.list.queryOptions({ territoryId }))
  return { here: list.data as ContestsHere | undefined, failed: list.isError && !list.data }
}

/** What a territory must answer, and what waits for long one level below; nothing where nothing does. */
export function ContestsToAnswer(at: At) {
  const text = useTranslations('contestDesk')
  const { here, failed } = useContests(at)
  if (failed) return <p className="text-ink-2">{text('unreadable')}</p>
  if (!here || here.toAnswer.length + here.late.length === 0) return null
  const { toAnswer, late } = here
  return (
    <section aria-labelledby="contests" className="grid gap-4">
      <div>
        <SectionHead id="contests">{text('title')}</SectionHead>
        <p className="text-ink-2 text-small">{text('lede')}</p>
      </div>
      <Group title={text('toAnswer')} contests={toAnswer}>
        {(contest) => contest.contestIds.length > 0 && <AnswerForm contest={contest} />}
      </Group>
      <Group title={text('late')} contests={late}>
        {({ owner }) => (
          <TextLink href={`/manage/fields?at=${owner.id}`} renderLink={nextLink}>
            {text('see', { owner: owner.name })}
          </TextLink>
        )}
      </Group>
    </section>
  )
}

/** What is contested among the questions asked from above, and what was answered lately. */
export function ContestsAround(at: At) {
  const text = useTranslations('contestDesk')
  const { here } = useContests(at)
  if (!here || here.above.length + here.answered.length === 0) return null
  return (
    <section aria-label={text('around')} className="grid gap-4">
      <Group title={text('above')} contests={here.above}>
        {() => null}
      </Group>
      <Answered answered={here.answered} />
    </section>
  )
}

type GroupProps = {
  readonly title: string
  readonly contests: readonly WaitingContest[]
  readonly children: (contest: WaitingContest) => ReactNode
}

function Group({ title, contests, children }: GroupProps) {
  if (contests.length === 0) return null
  return (
    <div>
      <h3 className="mb-2 font-strong text-small">{title}</h3>
      <Card>
        <ul>
          {contests.map((contest) => (
            <li key={contest.fieldId} className="grid gap-2 p-5 not-first:border-line not-first:border-t">
              <Contested contest={contest} />
              {children(contest)}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

/** The question, how many contest it and why, since when, and what they say, without names. */
function Contested({ contest }: { contest: WaitingContest }) {
  const text = useTranslations('contestDesk')
  const formats = useFormats()
  const label = useLabel()
  const levelName = useLevelName()
  const { owner, people, days, reasons, words, wordsKept, retired } = contest
  return (
    <>
      <p className="wrap-anywhere flex items-start gap-2 font-strong">
        <LevelMark rank={owner.rank} size={18} label={levelName(owner.rank)} />
        <span dir="auto">{label(contest.label)}</span>
      </p>
      <p className="text-ink-2 text-small">
        {[
          text('people', { count: people }),
          text('since', { days }),
          text('owner', { owner: owner.name }),
          ...(retired ? [text('retired')] : []),
        ].join(' · ')}
      </p>
      <p className="text-small">
        {formats.list(
          reasons.map(({ reason, n }) => text('reasonCount', { reason: text(`reason.${reason}`), count: n })),
        )}
      </p>
      {words.length > 0 && (
        <ul aria-label={text('words')} className="grid gap-1 text-small">
          {words.map((word, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two people may say the same; the list is never reordered.
            <li key={at} dir="auto" className="wrap-anywhere whitespace-pre-line">
              {text('quoted', { words: word })}
            </li>
          ))}
        </ul>
      )}
      {wordsKept > 0 && <p className="text-caption text-ink-2">{text('wordsKept', { count: wordsKept })}</p>}
    </>
  )
}

function Answered({ answered }: Pick<ContestsHere, 'answered'>) {
  const text = useTranslations('contestDesk')
  const formats = useFormats()
  const label = useLabel()
  if (answered.length === 0) return null
  return (
    <details>
      <summary className="touch cursor-pointer font-strong text-small">{text('answered')}</summary>
      <ul className="mt-2 grid gap-3 text-small">
        {answered.map((answer) => (
          <li key={answer.id}>
            <p className="wrap-anywhere" dir="auto">
              {label(answer.label)}
            </p>
            <p className="text-ink-2">
              {[
                text(`told.${answer.kind}`, { owner: answer.owner.name }),
                formats.day(answer.day, 'short'),
                text('people', { count: answer.people }),
              ].join(' · ')}
            </p>
            {answer.reason && (
              <p dir="auto" className="wrap-anywhere whitespace-pre-line text-ink-2">
                {text('quoted', { words: answer.reason })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
