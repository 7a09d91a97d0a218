'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { nextLink } from '../../client/next-link.tsx'
import { ImportHead } from './import-head.tsx'
import { RemoveButton } from './remove-button.tsx'
import { useWords } from './use-words.ts'

/** The whole file was given up: what happened, that nothing came in, and the way on. */
export function FailedStep({ detail }: { readonly detail: ImportDetail }) {
  const { text, failure } = useWords()
  return (
    <>
      <ImportHead
        detail={detail}
        title={text(detail.columns.length > 0 ? 'gaveUp.titleLate' : 'gaveUp.title')}
        lede={text('gaveUp.next')}
        actions={
          <>
            <RemoveButton importId={detail.id} />
            <Button variant="primary" href={`/admin/imports/new?kind=${detail.kind}`} renderLink={nextLink}>
              {text('gaveUp.again')}
            </Button>
          </>
        }
      />
      <div className="max-w-160">
        <Notice icon={<CircleAlert size={18} />}>
          {failure(detail.failure ?? { code: 'UNAVAILABLE', params: {} })}
        </Notice>
      </div>
    </>
  )
}
