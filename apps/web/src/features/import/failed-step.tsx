'use client'
import type { ImportDetail, ImportFailure } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { nextLink } from '../../client/next-link.tsx'
import { TakeBack } from './done-step.tsx'
import { ImportHead } from './import-head.tsx'
import { LineSection } from './line-section.tsx'
import { RemoveButton } from './remove-button.tsx'
import { Shares } from './shares.tsx'
import { useChange } from './use-change.ts'
import { useWords } from './use-words.ts'

/** The whole file was given up: what happened, that nothing came in, and the way on. */
export function FailedStep({ detail }: { readonly detail: ImportDetail }) {
  return detail.failure?.code === 'STOPPED' ? (
    <StoppedStep detail={detail} failure={detail.failure} />
  ) : (
    <GaveUpStep detail={detail} />
  )
}

type Stopped = { readonly detail: ImportDetail; readonly failure: ImportFailure }

/** A step that did not get on: how far it came, going on from there, or taking it all back. */
function StoppedStep({ detail, failure: why }: Stopped) {
  const { text, failure, sentence } = useWords()
  const { run, undo } = useChange(detail.id)
  const undoing = why.params.step === 'undoing'
  const resume = undoing ? undo : run
  return (
    <>
      <ImportHead
        detail={detail}
        title={text(undoing ? 'gaveUp.titleUndo' : 'gaveUp.titleLate')}
        lede={detail.purged ? undefined : text('gaveUp.stopped')}
        actions={
          !detail.purged && (
            <Button
              variant="primary"
              disabled={resume.isPending}
              onClick={() => resume.mutate({ importId: detail.id })}
            >
              {text('gaveUp.resume')}
            </Button>
          )
        }
      />
      <div className="flex max-w-160 flex-col gap-3">
        <Notice icon={<CircleAlert size={18} />}>{failure(why)}</Notice>
        {resume.error && (
          <Notice live icon={<CircleAlert size={18} />}>
            {sentence(resume.error)}
          </Notice>
        )}
      </div>
      {!undoing && (
        <>
          <Shares counts={detail.counts} says="became" left={detail.lines - detail.handled} />
          <TakeBack detail={detail} />
          <LineSection detail={detail} says="became" />
        </>
      )}
    </>
  )
}

function GaveUpStep({ detail }: { readonly detail: ImportDetail }) {
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
