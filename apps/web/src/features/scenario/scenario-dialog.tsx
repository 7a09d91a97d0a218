'use client'
import { Button } from '@fieldback/ui/button'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from './use-words.ts'

type ScenarioDialogProps = {
  readonly title: string
  readonly onClose: () => void
  readonly children: (close: () => void) => ReactNode
  /** Beside the button that closes it. */
  readonly aside?: ReactNode
}

/** What is asked over a scenario. */
export function ScenarioDialog({ title, onClose, children, aside }: ScenarioDialogProps) {
  const { text } = useWords()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      data-ui="desk"
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(640px,calc(100vw-2rem))] overflow-y-auto rounded-card bg-raised p-5 text-ink shadow-3 backdrop:bg-ink/40"
    >
      <h2 id={titleId} className="text-heading">
        {title}
      </h2>
      <div className="mt-4">{children(close)}</div>
      <div className="mt-4 flex flex-wrap justify-between gap-2">
        {aside ?? <span />}
        <Button variant="ghost" onClick={close}>
          {text('close')}
        </Button>
      </div>
    </dialog>
  )
}
