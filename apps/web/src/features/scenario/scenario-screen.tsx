'use client'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import CircleAlert from 'lucide-react/icons/circle-alert'
import GitCompareArrows from 'lucide-react/icons/git-compare-arrows'
import { useState } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useToldHindrance } from '../../client/use-told-hindrance.ts'
import { CompareChoice } from './compare-choice.tsx'
import { FigureStats } from './figures.tsx'
import { FollowList } from './follow-list.tsx'
import { GestureDialog } from './gesture-dialog.tsx'
import { GestureList } from './gesture-list.tsx'
import type { Subject } from './gesture-props.ts'
import { MEASURES, type Measure, measured } from './measure.ts'
import { PlanForm } from './plan-form.tsx'
import { Remarks } from './remarks.tsx'
import { RenameForm } from './rename-form.tsx'
import { MoreActions, ScenarioHead } from './scenario-head.tsx'
import type { ScenarioPage } from './scenario-page.ts'
import { SideTree } from './side-tree.tsx'
import { useGestures, useScenario } from './use-scenario.ts'
import { useWords } from './use-words.ts'
import { waitingOf } from './waiting.ts'

/** One scenario: the organisation as it is beside the project, and all that would follow. */
export function ScenarioScreen({ scenarioId }: { scenarioId: string }) {
  const { text, sentence } = useWords()
  const [open, setOpen] = useState<readonly string[]>([])
  const read = useScenario(scenarioId, open)
  return (
    <DeskScreen rail={<DeskRail />} band={read.data?.territory.rank}>
      {read.error && !read.data && (
        <Empty icon={<GitCompareArrows size={28} />} title={text('unreadable')} text={sentence(read.error)} />
      )}
      {read.isPending && <Skeleton label={text('loading')} lines={8} />}
      {read.data && (
        <Content
          page={read.data}
          onExpand={(id) => setOpen((known) => (known.includes(id) ? known : [...known, id]))}
        />
      )}
    </DeskScreen>
  )
}

type ContentProps = { readonly page: ScenarioPage; readonly onExpand: (id: string) => void }

function Content({ page, onExpand }: ContentProps) {
  const address = useAddress()
  const gestures = useGestures(page)
  const close = () => address.set({ do: null })
  const opened = address.get('do')
  return (
    <>
      <ScenarioHead page={page} />
      {opened === 'rename' && page.can.edit && <RenameForm page={page} onClose={close} />}
      {opened === 'plan' && page.can.edit && <PlanForm page={page} onClose={close} />}
      {opened === 'compare' && <CompareChoice page={page} onClose={close} />}
      {page.fault ? <Fault page={page} /> : <Stuck page={page} />}
      {!page.fault && <Unsettled page={page} />}
      {!page.fault && <Hindered page={page} />}
      <FigureStats figures={page.figures} />
      <Trees page={page} gestures={gestures} onExpand={onExpand} />
      <div className="grid gap-x-6 gap-y-7 xl:grid-cols-2">
        <GestureList page={page} gestures={gestures} />
        <FollowList page={page} />
      </div>
      {(page.shared || page.remarks.length > 0) && <Remarks page={page} />}
    </>
  )
}

const OF_RIGHTS = ['FORBIDDEN', 'MEMBERSHIP_REVOKED']

/** Why it was not applied on its day. */
function Fault({ page: { fault, effectiveOn } }: ContentPage) {
  const { text, formats, sentence } = useWords()
  if (!fault) return null
  const said = OF_RIGHTS.includes(fault.code)
    ? text('fault.rights')
    : sentence({ data: { fieldback: fault } })
  return (
    <Notice
      icon={<CircleAlert size={18} />}
      title={text('fault.title', { day: effectiveOn ? formats.day(effectiveOn) : '' })}
    >
      {said} {text('fault.next')}
    </Notice>
  )
}
type ContentPage = Pick<ContentProps, 'page'>

/** Since it was drafted the organisation has changed: said before its day comes, not after. */
function Stuck({ page: { gestures, state, effectiveOn } }: ContentPage) {
  const { text, formats } = useWords()
  const count = gestures.filter(({ outcome }) => outcome.kind === 'stuck').length
  if (count === 0 || (state !== 'draft' && state !== 'planned')) return null
  return (
    <Notice icon={<CircleAlert size={18} />} title={text('stuck.title', { count })}>
      {text('stuck.next', { state, day: effectiveOn ? formats.day(effectiveOn) : '' })}
    </Notice>
  )
}

/** Questions that clash without a choice: nothing can be applied before one is made. */
function Unsettled({ page: { gestures, state, effectiveOn } }: ContentPage) {
  const { text, formats } = useWords()
  const count = gestures.filter(({ meetings }) => meetings.some(({ left }) => left > 0)).length
  if (count === 0 || (state !== 'draft' && state !== 'planned')) return null
  return (
    <Notice icon={<CircleAlert size={18} />} title={text('clash.noticeTitle', { count })}>
      {text('clash.noticeNext', { state, day: effectiveOn ? formats.day(effectiveOn) : '' })}
    </Notice>
  )
}

/** Gestures that apply and could not be taken today, or rights that who planned it will not hold. */
function Hindered({ page }: ContentPage) {
  const { text, formats } = useWords()
  const told = useToldHindrance()
  const day = page.effectiveOn ? formats.day(page.effectiveOn) : ''
  const ofAll = page.hindrances.find(({ gestureId }) => gestureId === null)
  const count = new Set(waitingOf(page).map(({ gestureId }) => gestureId)).size
  return (
    <>
      {ofAll && (
        <Notice icon={<CircleAlert size={18} />} title={told(ofAll)}>
          {text('hindrance.rights', { state: page.state, day })}
        </Notice>
      )}
      {count > 0 && (
        <Notice icon={<CircleAlert size={18} />} title={text('hindrance.title', { count })}>
          {text('hindrance.next', { state: page.state, day })}
        </Notice>
      )}
    </>
  )
}

type TreesProps = ContentProps & { readonly gestures: ReturnType<typeof useGestures> }

/** Both trees on one scale; what the bars show is chosen above them. */
function Trees({ page, gestures, onExpand }: TreesProps) {
  const { text, formats } = useWords()
  const [measure, setMeasure] = useState<Measure>('accounts')
  const [subject, setSubject] = useState<Subject | null>(null)
  const live = page.places.find(({ id }) => id === page.territory.id)?.before
  const mean = live ? measured(live, measure) : 0
  const what = text(`measure.${measure}Of`)
  const told =
    measure === 'seconds' ? formats.duration(Math.round(mean)) : formats.number(mean, mean < 10 ? 1 : 0)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented
          label={text('measure.label')}
          options={MEASURES.map((value) => ({ value, label: text(`measure.${value}`) }))}
          value={measure}
          onChange={setMeasure}
        />
        <MoreActions page={page} />
      </div>
      <div className="grid gap-6 xl:grid-cols-2">
        <section aria-labelledby="live" className="min-w-0 rounded-card bg-canvas px-2 py-4 sm:px-3">
          <div className="px-2">
            <SectionHead id="live" aside={text('measure.mean', { what, mean: told })}>
              {text('tree.live')}
            </SectionHead>
          </div>
          <SideTree page={page} side="before" measure={measure} onExpand={onExpand} />
        </section>
        <section
          aria-labelledby="project"
          className="min-w-0 rounded-card px-2 py-4 inset-ring-[1.5px] inset-ring-line-2 sm:px-3"
        >
          <div className="px-2">
            <SectionHead id="project" aside={text('tree.projectAside')}>
              {text('tree.project')}
            </SectionHead>
          </div>
          <SideTree
            page={page}
            side="after"
            measure={measure}
            onExpand={onExpand}
            onGesture={page.can.edit ? setSubject : undefined}
          />
          {page.can.edit && (
            <p className="mt-2 px-2 text-caption text-ink-2">
              {text(page.gestures.length === 0 ? 'tree.same' : 'tree.dragHint')}
            </p>
          )}
        </section>
      </div>
      {page.left > 0 && <p className="text-caption text-ink-2">{text('tree.left', { count: page.left })}</p>}
      {subject && (
        <GestureDialog
          page={page}
          subject={subject}
          gestures={gestures}
          onClose={() => {
            gestures.reset()
            setSubject(null)
          }}
        />
      )}
    </div>
  )
}
