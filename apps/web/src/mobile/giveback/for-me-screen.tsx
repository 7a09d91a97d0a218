'use client'
import { opinionIn } from '@fieldback/domain/giveback/opinion'
import type { ReturnCard } from '@fieldback/domain/giveback/return-card'
import { accessTexts } from '@fieldback/i18n/phone-access'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { Segmented } from '@fieldback/ui/segmented'
import ChevronDown from 'lucide-react/icons/chevron-down'
import HandHeart from 'lucide-react/icons/hand-heart'
import { useDeferredValue, useMemo, useState } from 'react'
import { MeMenu } from '../access/me-menu.tsx'
import { useMarkLabel } from '../agenda/visit-reason.tsx'
import { Learned } from '../coaching/learned.tsx'
import { MyNotes } from '../coaching/my-notes.tsx'
import { MyContests } from '../contest/my-contests.tsx'
import type { PhoneState } from '../data/store.ts'
import { CameList } from '../handover/came-list.tsx'
import { LeftList } from '../handover/left-list.tsx'
import { Insights } from '../insight/insights.tsx'
import { MyObjectives } from '../objective/my-objectives.tsx'
import { todayHere, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { PhoneFrame } from '../phone-frame.tsx'
import { MyReaders } from '../report/my-readers.tsx'
import { paths, phoneLink } from '../router.tsx'
import { forMeReturns } from './for-me-returns.ts'
import { JudgeReturn, useOpinions } from './judge.tsx'
import { useLaterSentences } from './later-sentences.ts'
import { LedgerCard } from './ledger-card.tsx'
import { MyWeek, Upcoming } from './my-week.tsx'
import { PERIODS, type Period } from './period.ts'
import { useShown, useUsed } from './record.ts'
import { RefusedReturns } from './refused-returns.tsx'
import { ReturnView } from './return-text.tsx'
import { SectorBeside } from './sector-beside.tsx'
import type { SectorSegment } from './sector-returns.ts'
import { useForMeTexts } from './use-for-me-texts.ts'
import { WonAtAlike } from './won-at-alike.tsx'

/** What was given, what came back, and how one's sector stands. */
export default function ForMeScreen() {
  const { locale } = usePhone()
  const { identity } = usePhoneState()
  const text = useForMeTexts()
  const [period, setPeriod] = useState<Period>('month')
  const [menu, setMenu] = useState(false)
  const today = todayHere()
  return (
    <PhoneFrame
      title={text('me.title')}
      current="me"
      over={
        <button
          type="button"
          aria-expanded={menu}
          onClick={() => setMenu(!menu)}
          className="touch inline-flex items-center gap-1 font-medium"
        >
          {identity.displayName}
          <span className="sr-only">, {accessTexts(locale)('menu.open')}</span>
          <ChevronDown size={16} className={menu ? 'rotate-180' : ''} />
        </button>
      }
    >
      {menu && <MeMenu />}
      <MyNotes />
      <CameList />
      <MyObjectives today={today} />
      <Segmented
        label={text('me.period')}
        options={PERIODS.map((value) => ({ value, label: text(`me.${value}`) }))}
        value={period}
        onChange={setPeriod}
      />
      <LedgerCard period={period} today={today} />
      <MyWeek today={today} />
      <Upcoming today={today} />
      <Insights />
      <SectorReturns today={today} />
      <WonAtAlike today={today} />
      <Learned />
      <RefusedReturns />
      <LeftList />
      <MyContests />
      <MyReaders />
    </PhoneFrame>
  )
}

/** Worked out after the ledger is shown: a region's answers take a moment to count. */
function SectorReturns({ today }: { today: string }) {
  const state = useDeferredValue<PhoneState | null>(usePhoneState(), null)
  const opinions = useOpinions()
  // Nothing moves under the thumb that judges it.
  const [opinion] = useState(() => opinionIn(opinions))
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const returns = useMemo(() => state && forMeReturns(state, today, opinion), [state?.rows, today])
  if (!returns) return null
  const { beside, findings, rhythms, soon, segments } = returns
  return (
    <>
      <SectorBeside cards={beside} />
      <Segments segments={segments} />
      <Findings findings={[...findings, ...rhythms]} soon={soon} />
    </>
  )
}

/** Lists made by the answers, to write to. */
function Segments({ segments }: { segments: readonly SectorSegment[] }) {
  const text = useForMeTexts()
  const label = useLabel()
  const markLabel = useMarkLabel()
  const some = segments.filter(({ segment }) => segment.yes > 0)
  useShown(some.map(({ field }) => ({ fieldId: field.id, kind: 'segment', accountId: null }) as const))
  if (some.length === 0) return null
  return (
    <section aria-labelledby="segments">
      <SectionHead id="segments">{text('me.segments')}</SectionHead>
      <List inset="mark">
        {some.map(({ field, giveback, index, segment }) => (
          <ListRow
            key={`${field.id}/${index}`}
            lead={<LevelMark rank={field.owner.rank} label={markLabel(field.owner)} />}
            title={label(giveback.label)}
            text={text('me.segmentCount', { yes: segment.yes, reachable: segment.reachable })}
            href={paths.segment(field.id, index)}
            renderLink={phoneLink}
            chevron
          />
        ))}
      </List>
    </section>
  )
}

type FindingsProps = { findings: readonly ReturnCard[]; soon: readonly ReturnCard[] }

/** What the answers say, with intervals; what they cannot say yet, with how many are missing. */
function Findings({ findings, soon }: FindingsProps) {
  const text = useForMeTexts()
  const used = useUsed()
  const say = useLaterSentences()
  const all = [...findings, ...soon]
  useShown(findings.map(({ fieldId, kind }) => ({ fieldId, kind, accountId: null })))
  return (
    <section aria-labelledby="findings">
      <SectionHead id="findings">{text('me.findings')}</SectionHead>
      {all.length === 0 ? (
        <Card>
          <Empty icon={<HandHeart size={28} />} title={text('me.nothing')} text={text('me.nothingText')} />
        </Card>
      ) : (
        <div className="grid gap-3">
          {all.map((card) => (
            <ReturnView
              key={`${card.fieldId}/${card.kind}`}
              say={say}
              card={card}
              compact
              eyebrow={card.owner.name}
              onUsed={(fieldId, kind) => used({ fieldId, kind, accountId: null })}
              judge={<JudgeReturn fieldId={card.fieldId} kind={card.kind} />}
            />
          ))}
        </div>
      )}
    </section>
  )
}
