'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Notice } from '@fieldback/ui/notice'
import { Progress } from '@fieldback/ui/progress'
import CloudOff from 'lucide-react/icons/cloud-off'
import { ImportHead } from './import-head.tsx'
import { RemoveButton } from './remove-button.tsx'
import { totalOf } from './use-import.ts'
import { useWords } from './use-words.ts'

const STEP = { trying: 'try', importing: 'import' } as const

export type WorkingStepProps = {
  readonly detail: ImportDetail
  readonly state: 'reading' | 'trying' | 'importing' | 'undoing'
}

/** The worker is at it: how far, and that one may leave. */
export function WorkingStep({ detail, state }: WorkingStepProps) {
  const { text, formats } = useWords()
  const { handled, waits, stalled } = detail
  const total = totalOf(detail)
  const known = total > 0
  return (
    <>
      <ImportHead
        detail={detail}
        title={text(`${state}.title`)}
        lede={state === 'reading' ? undefined : text(`${state}.lede`)}
        actions={(state === 'reading' || state === 'trying') && <RemoveButton importId={detail.id} />}
        {...(state === 'trying' || state === 'importing' ? { step: STEP[state] } : {})}
      />
      <div className="max-w-160">
        {waits && !stalled ? (
          <p role="status">{text('page.waits')}</p>
        ) : (
          <Progress label={text(`${state}.title`)} done={handled} total={known ? total : null}>
            {known
              ? text('page.progress', { handled: formats.number(handled), lines: formats.number(total) })
              : text('page.progressUnknown', { count: handled })}
          </Progress>
        )}
        <div className="mt-4">
          {stalled ? (
            <Notice tone="quiet" live icon={<CloudOff size={18} />}>
              {text('page.stalled')}
            </Notice>
          ) : (
            <p className="text-ink-2">{text('page.leave')}</p>
          )}
        </div>
      </div>
    </>
  )
}
