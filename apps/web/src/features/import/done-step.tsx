'use client'
import type { ImportDetail, ImportKind } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Download from 'lucide-react/icons/download'
import Undo2 from 'lucide-react/icons/undo-2'
import Upload from 'lucide-react/icons/upload'
import { useId } from 'react'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { ImportHead } from './import-head.tsx'
import { LineSection } from './line-section.tsx'
import { Shares } from './shares.tsx'
import { useChange } from './use-change.ts'
import { useWords } from './use-words.ts'

/** What the import did, the way to it, what is left to correct, and how to take it all back. */
export function DoneStep({ detail }: { readonly detail: ImportDetail }) {
  const { text, formats } = useWords()
  const { kind, counts, createdBy, createdAt, finishedAt } = detail
  return (
    <>
      <ImportHead
        detail={detail}
        title={text('done.title', { created: counts.create, updated: counts.update })}
        lede={text('done.lede', { when: formats.instant(finishedAt ?? createdAt), who: createdBy })}
        actions={<SeeRecords kind={kind} />}
      />
      <Shares counts={counts} says="became" />
      {kind === 'accounts' && counts.create > 0 && <p className="-mt-3 text-ink-2">{text('done.phones')}</p>}
      <div className="grid gap-7 xl:grid-cols-2 xl:gap-9">
        {counts.refused + counts.duplicate > 0 && !detail.purged && <Refused detail={detail} />}
        <TakeBack detail={detail} />
      </div>
      <LineSection detail={detail} says="became" />
    </>
  )
}

const PLACES: Readonly<Record<ImportKind, string>> = {
  territories: '/admin/territories',
  people: '/admin',
  accounts: '/manage/accounts',
  contacts: '/manage/accounts',
}

/** Administering is not reading: who may not open the records gets no link to them. */
function SeeRecords({ kind }: { readonly kind: ImportKind }) {
  const { text } = useWords()
  const may = useMay()
  const seen =
    kind === 'territories' || kind === 'people' ? may('organisation.administer') : may('account.move')
  if (!seen) return null
  return (
    <Button href={PLACES[kind]} renderLink={nextLink}>
      {text(`done.see.${kind}`)}
    </Button>
  )
}

function Refused({ detail: { id, kind, counts } }: { readonly detail: ImportDetail }) {
  const { text } = useWords()
  const head = useId()
  return (
    <section aria-labelledby={head}>
      <SectionHead id={head}>
        {text('done.refusedTitle', { count: counts.refused + counts.duplicate })}
      </SectionHead>
      <p className="max-w-[60ch] text-ink-2">{text('done.refusedText')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button href={`/api/import/${id}/refused`} icon={<Download size={16} />}>
          {text('done.refusedFile')}
        </Button>
        <Button
          variant="ghost"
          href={`/admin/imports/new?kind=${kind}`}
          renderLink={nextLink}
          icon={<Upload size={16} />}
        >
          {text('done.refusedSend')}
        </Button>
      </div>
    </section>
  )
}

/** How to take back all that came in, as long as that can be done. */
export function TakeBack({ detail: { id, undoUntil } }: { readonly detail: ImportDetail }) {
  const { text, formats, sentence } = useWords()
  const head = useId()
  const { undo } = useChange(id)
  if (undoUntil === null) return <p className="text-ink-2">{text('done.undoOver')}</p>
  return (
    <section aria-labelledby={head}>
      <SectionHead id={head}>{text('done.undoTitle')}</SectionHead>
      <p className="max-w-[60ch] text-ink-2">
        {text('done.undoText', { day: formats.day(formats.dayOf(undoUntil)) })}
      </p>
      <div className="mt-3 flex flex-col items-start gap-3">
        {undo.error && (
          <Notice live icon={<CircleAlert size={18} />}>
            {sentence(undo.error)}
          </Notice>
        )}
        <Button
          icon={<Undo2 size={16} />}
          disabled={undo.isPending}
          onClick={() => undo.mutate({ importId: id })}
        >
          {text('done.undo')}
        </Button>
      </div>
    </section>
  )
}
