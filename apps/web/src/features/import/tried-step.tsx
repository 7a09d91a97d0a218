'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useAddress } from '../../client/use-address.ts'
import { ImportHead } from './import-head.tsx'
import { LineSection } from './line-section.tsx'
import { RemoveButton } from './remove-button.tsx'
import { Shares } from './shares.tsx'
import { useChange } from './use-change.ts'
import { useWords } from './use-words.ts'

/** What importing would do, line by line; then importing. */
export function TriedStep({ detail }: { readonly detail: ImportDetail }) {
  const { text, sentence } = useWords()
  const address = useAddress()
  const { run } = useChange(detail.id)
  const { create, update, unchanged, duplicate, refused } = detail.counts
  const changes = create + update
  const same = changes === 0 && unchanged > 0
  const lede =
    changes + refused + duplicate === 0
      ? text('tried.ledeSame')
      : changes + unchanged === 0
        ? text('tried.ledeNone')
        : text('tried.lede', { refused })
  return (
    <>
      <ImportHead
        detail={detail}
        title={
          changes > 0 ? text('tried.title', { changes }) : text(same ? 'tried.titleSame' : 'tried.titleNone')
        }
        lede={lede}
        step="try"
        actions={
          <>
            <RemoveButton importId={detail.id} />
            <Button onClick={() => address.set({ step: 'columns' }, 'push')}>{text('tried.columns')}</Button>
            {changes > 0 && (
              <Button
                variant="primary"
                disabled={run.isPending}
                onClick={() => run.mutate({ importId: detail.id })}
              >
                {text('tried.run', { changes })}
              </Button>
            )}
          </>
        }
      />
      {run.error && (
        <Notice live icon={<CircleAlert size={18} />}>
          {sentence(run.error)}
        </Notice>
      )}
      <Shares counts={detail.counts} says="outcome" />
      <LineSection detail={detail} says="outcome" />
    </>
  )
}
