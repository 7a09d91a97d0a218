'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Asked } from './asked.ts'

export type MoreOwnersProps = {
  readonly rest: Asked['rest'] | null
  readonly more: { readonly isLoading: boolean; readonly error: unknown; readonly load: () => void }
}

/** Says how much of the list is left, and reads on. */
export function MoreOwners({ rest, more }: MoreOwnersProps) {
  const text = useTranslations('fieldList')
  const sentence = useErrorSentence()
  if (!rest || rest.owners === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="text-ink-2" aria-live="polite">
        {text('rest', { owners: rest.owners, questions: rest.questions })}
      </p>
      <Button onClick={more.load} disabled={more.isLoading} aria-busy={more.isLoading}>
        {text(more.isLoading ? 'moreLoading' : 'more')}
      </Button>
      {more.error !== null && (
        <p role="alert" className="text-danger text-small">
          {sentence(more.error)}
        </p>
      )}
    </div>
  )
}
