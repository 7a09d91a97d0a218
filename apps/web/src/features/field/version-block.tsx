'use client'
import { changesOf } from '@fieldback/domain/audit/changes'
import type { FieldDefinition, FieldSpec } from '@fieldback/domain/field/field-spec'
import { isOwners } from '@fieldback/domain/field/plan-publish'
import { useTranslations } from 'next-intl'
import { Block } from './block.tsx'
import { useChangeLines } from './use-change-lines.ts'

type VersionBlockProps = { readonly existing: FieldDefinition; readonly next: FieldSpec }

/** What the next version says otherwise than the one in force, in the words that the journal will have. */
export function VersionBlock({ existing: { spec, version }, next }: VersionBlockProps) {
  const text = useTranslations('fieldDesk')
  const linesOf = useChangeLines()
  const written = { ...spec, options: spec.options.filter(isOwners) }
  const lines = linesOf(changesOf(written, next))
  if (lines.length === 0) return null
  return (
    <Block
      title={text('changes.title')}
      hint={text('changes.hint', { version: String(version), next: String(version + 1) })}
    >
      <ul className="grid gap-1.5">
        {lines.map((line) => (
          <li key={line} className="wrap-anywhere first-letter:uppercase">
            {line}
          </li>
        ))}
      </ul>
    </Block>
  )
}
