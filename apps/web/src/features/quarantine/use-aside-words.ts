'use client'
import type { AsideLine } from '@fieldback/api/quarantine/list'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'

type Named = Pick<AsideLine, 'kind' | 'code' | 'author' | 'settled'> & { readonly subject: string | null }

/** What was put aside, in words: what it is, why it waits, what became of it. */
export function useAsideWords() {
  const text = useTranslations('quarantine')
  const formats = useFormats()
  const kindOf = ({ kind }: Pick<Named, 'kind'>): string =>
    kind === null ? text('kindUnknown') : text(`kind.${kind}`)
  return {
    title: (item: Named): string =>
      item.kind === null
        ? text('kindUnknown')
        : text('of', { kind: kindOf(item), subject: item.subject ?? text('subjectUnknown') }),
    reason: ({ code, author }: Named): string => text(`reason.${code}`, { name: author.name }),
    outcome: ({ settled }: Named): string | null =>
      settled && text(`outcome.${settled.kind}`, { name: settled.by.name, at: formats.instant(settled.at) }),
  }
}
