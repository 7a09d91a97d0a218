'use client'
import { Tag } from '@fieldback/ui/tag'
import { TextLink } from '@fieldback/ui/text-link'
import { useState } from 'react'
import { useLabel } from '../../client/use-label.ts'
import type { GestureLine, LineMeeting, ScenarioPage } from './scenario-page.ts'
import { SettleDialog } from './settle-dialog.tsx'
import type { useGestures } from './use-scenario.ts'
import { useWords } from './use-words.ts'

type LineMeetingsProps = {
  readonly page: ScenarioPage
  readonly gestures: ReturnType<typeof useGestures>
  readonly gesture: GestureLine
  /** The gesture, in one line. */
  readonly what: string
}

/** What becomes of the questions that a gesture makes clash: what is chosen, what is not yet, and what no longer fits. */
export function LineMeetings({ page, gestures, gesture, what }: LineMeetingsProps) {
  const { text } = useWords()
  const [opened, setOpened] = useState<number | null>(null)
  const shown = gesture.meetings.find(({ at }) => at === opened)
  return (
    <>
      {gesture.meetings.map((meeting) => (
        <div key={meeting.at} className="my-1 grid justify-items-start gap-1 text-small">
          <Told meeting={meeting} />
          {page.can.edit && (
            <TextLink
              aria-label={text(meeting.left > 0 ? 'clash.settleOf' : 'clash.reviewOf', { what })}
              onClick={() => {
                gestures.settling.reset()
                setOpened(meeting.at)
              }}
            >
              {text(meeting.left > 0 ? 'clash.settle' : 'clash.review')}
            </TextLink>
          )}
        </div>
      ))}
      {shown && (
        <SettleDialog
          page={page}
          gestures={gestures}
          gesture={gesture}
          meeting={shown}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  )
}

function Told({ meeting: { chosen, more, open, left, stale } }: { readonly meeting: LineMeeting }) {
  const { text, formats } = useWords()
  const localised = useLabel()
  const names = open.map((label) => text('follow.question', { question: localised(label) }))
  return (
    <>
      {left > 0 && (
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Tag tone="line">{text('clash.waits', { count: left })}</Tag>
          <span className="wrap-anywhere">{text('clash.open', { list: formats.list(names) })}</span>
        </p>
      )}
      {stale > 0 && <p className="text-danger">{text('clash.stale', { count: stale })}</p>}
      {chosen.length > 0 && (
        <ul className="wrap-anywhere text-ink-2">
          {chosen.map(({ how, question, place, label }) => (
            <li key={`${localised(question)} ${place}`}>
              {text(`clash.${how}`, {
                question: localised(question),
                place,
                label: label ? localised(label) : '',
              })}
            </li>
          ))}
          {more > 0 && <li>{text('clash.more', { count: more })}</li>}
        </ul>
      )}
    </>
  )
}
