'use client'
import { Button } from '@fieldback/ui/button'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { type FormEvent, useState } from 'react'
import { ScenarioDialog } from './scenario-dialog.tsx'
import type { GestureLine, LineMeeting, ScenarioPage } from './scenario-page.ts'
import { StepClashes, useStepClashes } from './step-clashes.tsx'
import { useToldGesture } from './told-gesture.ts'
import type { useGestures } from './use-scenario.ts'
import { useWords } from './use-words.ts'

type SettleDialogProps = {
  readonly page: ScenarioPage
  readonly gestures: ReturnType<typeof useGestures>
  readonly gesture: GestureLine
  readonly meeting: LineMeeting
  readonly onClose: () => void
}

/** What becomes of the questions that a step of the draft makes clash. */
export function SettleDialog({ onClose, ...props }: SettleDialogProps) {
  const { text } = useWords()
  const told = useToldGesture()
  return (
    <ScenarioDialog title={text('clash.title', { what: told(props.gesture) })} onClose={onClose}>
      {(close) => <SettleForm {...props} onDone={close} />}
    </ScenarioDialog>
  )
}

type SettleFormProps = Omit<SettleDialogProps, 'onClose'> & { readonly onDone: () => void }

function SettleForm({ page, gestures, gesture, meeting, onDone }: SettleFormProps) {
  const { text, sentence } = useWords()
  const { step, at } = meeting
  // What was seen when it was opened: the page goes on being read behind it.
  const [known] = useState(step.clashes ?? [])
  const clashes = useStepClashes(page, step, { gestureId: gesture.id, step: at })
  const { pending, error } = gestures.settling
  const submit = (event: FormEvent) => {
    event.preventDefault()
    gestures
      .settle({ gestureId: gesture.id, step: at, from: known, to: clashes.choices })
      .then(onDone, () => undefined)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {meeting.stale > 0 && (
        <p className="text-small">
          {text('clash.stale', { count: meeting.stale })} {text('clash.staleNext')}
        </p>
      )}
      {!clashes.waits && !clashes.error && clashes.clashes.length === 0 && (
        <p className="text-ink-2">{text('clash.none')}</p>
      )}
      <StepClashes of={clashes} />
      {error && (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {sentence(error)}
        </p>
      )}
      {(meeting.stale > 0 || clashes.clashes.some(({ nameless }) => !nameless)) && (
        <div>
          <Button
            type="submit"
            variant="primary"
            disabled={clashes.waits || clashes.refused || clashes.error !== null || pending}
          >
            {text('clash.save')}
          </Button>
        </div>
      )}
    </form>
  )
}
