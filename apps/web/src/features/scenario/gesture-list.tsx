'use client'
import { IconButton } from '@fieldback/ui/icon-button'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import { TextLink } from '@fieldback/ui/text-link'
import ArrowRight from 'lucide-react/icons/arrow-right'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Merge from 'lucide-react/icons/merge'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Split from 'lucide-react/icons/split'
import UserRound from 'lucide-react/icons/user-round'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { useToldHindrance } from '../../client/use-told-hindrance.ts'
import { LineMeetings } from './line-meetings.tsx'
import type { GestureLine, ScenarioPage, ToldStep } from './scenario-page.ts'
import { useToldGesture } from './told-gesture.ts'
import type { useGestures } from './use-scenario.ts'
import { useWords } from './use-words.ts'
import { waitingOf } from './waiting.ts'

type GestureListProps = { readonly page: ScenarioPage; readonly gestures: ReturnType<typeof useGestures> }

/** The gestures in their order, each undone by itself; one that no longer applies says why. */
export function GestureList({ page, gestures }: GestureListProps) {
  const { text, formats } = useWords()
  const told = useToldGesture()
  return (
    <section aria-labelledby="gestures">
      <SectionHead id="gestures">{text('gestures.title', { count: page.gestures.length })}</SectionHead>
      {page.gestures.length === 0 && <p className="text-ink-2">{text('gestures.none')}</p>}
      <ol className="divide-y divide-line border-line border-t">
        {page.gestures.map((gesture, at) => {
          const what = told(gesture)
          return (
            <li key={gesture.id} className="flex min-h-12 items-center gap-3 py-1.5">
              <span className="flex-none text-ink-2">{iconOf(gesture.told)}</span>
              <div className="min-w-0 flex-1">
                {what} <Fate {...gesture} />
                <Hindered page={page} gesture={gesture} />
                <span className="block text-caption text-ink-2">
                  {text('gestures.by', { who: gesture.by, at: formats.instant(gesture.at) })}
                </span>
                <LineMeetings page={page} gestures={gestures} gesture={gesture} what={what} />
              </div>
              {page.can.edit && at > 0 && (
                <IconButton
                  label={text('gestures.up', { what })}
                  icon={<ArrowUp size={16} />}
                  className="desk:size-8"
                  disabled={gestures.pending}
                  onClick={() => gestures.raise(page.gestures, at)}
                />
              )}
              {page.can.edit && (
                <TextLink
                  aria-label={text('gestures.undoOf', { what })}
                  disabled={gestures.pending}
                  onClick={() => gestures.undo(gesture)}
                >
                  {text('gestures.undo')}
                </TextLink>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** What became of a gesture since it was drafted; nothing while it applies. */
function Fate({ outcome }: Pick<GestureLine, 'outcome'>) {
  const { text } = useWords()
  const told = useToldHindrance()
  if (outcome.kind === 'applies') return null
  if (outcome.kind === 'already') return <Tag>{text('gestures.already')}</Tag>
  return (
    <>
      <Tag tone="line">{text('gestures.stuck')}</Tag>
      <span className="block text-danger text-small">{told({ fault: outcome.fault, question: null })}</span>
    </>
  )
}

/** Why a gesture that applies could not be taken today; a choice that misses is asked for below it. */
function Hindered({ page, gesture }: { readonly page: ScenarioPage; readonly gesture: GestureLine }) {
  const { text } = useWords()
  const told = useToldHindrance()
  const found = waitingOf(page).filter(({ gestureId }) => gestureId === gesture.id)
  if (found.length === 0) return null
  return (
    <>
      <Tag tone="line">{text('hindrance.tag')}</Tag>
      {found.map((hindrance) => (
        <span key={told(hindrance)} className="block text-small">
          {told(hindrance)}
        </span>
      ))}
    </>
  )
}

function iconOf([first, second]: readonly ToldStep[]): ReactNode {
  const icons: Readonly<Record<ToldStep['of'], ReactNode>> = {
    create: second?.of === 'rehome' ? <Split size={18} /> : <Plus size={18} />,
    rename: <Pencil size={18} />,
    move: <ArrowRight size={18} />,
    rehome: <ArrowRight size={18} />,
    merge: <Merge size={18} />,
    close: <X size={18} />,
    reopen: <Plus size={18} />,
    assign: <UserRound size={18} />,
    endAssignment: <UserRound size={18} />,
  }
  return first ? icons[first.of] : null
}
