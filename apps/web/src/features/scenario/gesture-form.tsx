'use client'
import { Button } from '@fieldback/ui/button'
import CircleAlert from 'lucide-react/icons/circle-alert'
import type { FormEvent, ReactNode } from 'react'
import type { GestureProps } from './gesture-props.ts'
import type { Step } from './scenario-page.ts'
import { useWords } from './use-words.ts'

type GestureFormProps = Pick<GestureProps, 'gestures' | 'onDone'> & {
  /** Null until all is said. */
  readonly steps: () => readonly Step[] | null
  readonly ready: boolean
  readonly children: ReactNode
}

/** One gesture about to be added; when it is refused, what was typed stays and the reason stands beside it. */
export function GestureForm({ gestures, onDone, steps, ready, children }: GestureFormProps) {
  const { text, sentence } = useWords()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = steps()
    if (said) gestures.add(said).then(onDone, () => undefined)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {children}
      {gestures.error && (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {sentence(gestures.error)}
        </p>
      )}
      <div>
        <Button type="submit" variant="primary" disabled={!ready || gestures.pending}>
          {text('gesture.add')}
        </Button>
      </div>
    </form>
  )
}
