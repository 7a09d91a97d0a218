'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { SectionHead } from '@fieldback/ui/section-head'
import { useId } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { ImportHead } from './import-head.tsx'
import { Lines, LinesGone } from './line-section.tsx'
import { useWords } from './use-words.ts'

/** The whole import was taken back; what could not be is listed with its reason. */
export function UndoneStep({ detail }: { readonly detail: ImportDetail }) {
  const { text } = useWords()
  const head = useId()
  const { back = 0, kept = 0 } = detail.undone ?? {}
  const title = text('undone.kept', { count: kept })
  return (
    <>
      <ImportHead
        detail={detail}
        title={text('undone.title', { back })}
        lede={text(kept > 0 ? 'undone.ledeKept' : 'undone.lede')}
        actions={
          <Button variant="primary" href={`/admin/imports/new?kind=${detail.kind}`} renderLink={nextLink}>
            {text('undone.again')}
          </Button>
        }
      />
      {kept > 0 && (
        <section aria-labelledby={head}>
          <SectionHead id={head}>{title}</SectionHead>
          <p className="mb-3 text-ink-2">{text('undone.keptText')}</p>
          {detail.purged ? <LinesGone /> : <Lines detail={detail} outcome={null} kept title={title} />}
        </section>
      )}
    </>
  )
}
