'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Crumbs } from '@fieldback/ui/crumbs'
import { PageHead } from '@fieldback/ui/page-head'
import { Steps } from '@fieldback/ui/steps'
import type { ReactNode } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { useWords } from './use-words.ts'

const STEPS = ['columns', 'try', 'import'] as const

export type ImportHeadProps = {
  readonly detail: ImportDetail
  readonly title: ReactNode
  readonly lede?: ReactNode
  readonly actions?: ReactNode
  /** Which of the three steps; none before and after. */
  readonly step?: (typeof STEPS)[number]
}

/** The head of an import's page: its question or its answer, the file, and where one is on the way. */
export function ImportHead({ detail, title, lede, actions, step }: ImportHeadProps) {
  const { text } = useWords()
  const at = step ? STEPS.indexOf(step) : -1
  return (
    <div className="flex flex-col gap-5">
      <PageHead
        crumbs={
          <Crumbs
            label={text('new.crumbs')}
            items={[
              { label: text('new.imports'), href: '/admin/imports' },
              { label: `${detail.fileName}, ${text(`kind.${detail.kind}`).toLowerCase()}` },
            ]}
            renderLink={nextLink}
          />
        }
        title={title}
        lede={lede}
        actions={actions}
      />
      {step && (
        <div className="flex max-w-100 flex-col gap-1.5">
          <Steps
            count={STEPS.length}
            current={at}
            label={text('page.stepsLabel', { step: at + 1, name: text(`page.step.${step}`) })}
          />
          <p aria-hidden className="text-caption text-ink-2">
            {text('page.stepsLabel', { step: at + 1, name: text(`page.step.${step}`) })}
          </p>
        </div>
      )}
    </div>
  )
}
