'use client'
import { changesOf } from '@fieldback/domain/audit/changes'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { draftOf, specOf } from './draft.ts'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import { rebaseDraft, type VersionDraft, versionDraftOf } from './rebase-draft.ts'
import { useChangeLines } from './use-change-lines.ts'
import type { Kept } from './use-draft.ts'

type PublishedMeanwhileProps = { readonly existing: FieldDefinition; readonly kept: Kept<VersionDraft> }

/** What another version says otherwise than the one that a draft was begun from, and what to do with what was typed. */
export function PublishedMeanwhile({ existing, kept }: PublishedMeanwhileProps) {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const linesOf = useChangeLines()
  const { draft, change, forget } = kept
  const lines = linesOf(changesOf(specOf(draft.from), specOf(draftOf(existing))))
  return (
    <MeanwhileNotice
      said={text('meanwhile.said', { version: existing.version, what: formats.list(lines) })}
      onKeep={() => change(rebaseDraft(draft, existing))}
      onTake={() => {
        change(versionDraftOf(existing))
        forget()
      }}
    />
  )
}
