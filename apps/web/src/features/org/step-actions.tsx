'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

type StepActionsProps = {
  /** The step's own button; without it, going on is the main one. */
  readonly children?: ReactNode
  readonly done: boolean
  /** Something else on the screen is the main gesture. */
  readonly quiet?: boolean
  readonly onNext: () => void
}

/** Below a step: its gesture, then going on. Nothing has to be done now. */
export function StepActions({ children, done, quiet = false, onNext }: StepActionsProps) {
  const text = useTranslations('orgSetup')
  return (
    <div className="flex flex-wrap items-center gap-2">
      {children}
      <Button variant={children ? 'ghost' : done && !quiet ? 'primary' : 'secondary'} onClick={onNext}>
        {text(done ? 'next' : 'later')}
      </Button>
    </div>
  )
}
