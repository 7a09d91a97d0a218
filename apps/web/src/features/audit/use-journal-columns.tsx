'use client'
import type { JournalLine } from '@fieldback/api/audit/journal'
import type { Column } from '@fieldback/ui/data-table'
import { TextLink } from '@fieldback/ui/text-link'
import { useLocale, useTranslations } from 'next-intl'
import { changeLines, wordIn } from '../../client/change-lines.ts'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useFormats } from '../../client/use-formats.ts'
import { sentenceOf } from './sentence.ts'

/** Wrapped where the table is narrow, so that what happened is read without pushing the table aside. */
const SENTENCE = 'block @max-3xl:w-40 whitespace-normal'

/** When, who, what, and two ways on: what it is about, and all else about it. */
export function useJournalColumns(): Column<JournalLine>[] {
  const text = useTranslations('audit')
  const access = useTranslations('access')
  const locale = useLocale()
  const formats = useFormats()
  const say = { text, access, formats, locale }
  return [
    {
      key: 'when',
      head: text('when'),
      cell: ({ at }) => (
        <time dateTime={at} className="block whitespace-normal text-ink-2 tabular-nums @max-3xl:w-19">
          {formats.day(formats.dayOf(at), 'numeric')} {formats.time(at)}
        </time>
      ),
    },
    { key: 'who', head: text('who'), cell: (line) => <Who line={line} /> },
    {
      key: 'what',
      head: text('what'),
      rowHead: true,
      cell: (line) => (
        <span className={SENTENCE}>
          {sentenceOf(line, say)}
          {changeLines(line.changes, say).map((told) => (
            <span key={told} className="wrap-anywhere block font-regular text-caption text-ink-2">
              {told}
            </span>
          ))}
        </span>
      ),
    },
    {
      key: 'subject',
      head: <span className="sr-only">{text('onlyThis')}</span>,
      figure: true,
      cell: (line) => <Subject line={line} name={wordIn(nameOf(line), locale)} />,
    },
  ]
}

const nameOf = ({ words }: JournalLine) =>
  words.subject === undefined ? '' : typeof words.subject === 'number' ? String(words.subject) : words.subject

function Who({ line: { who } }: { line: JournalLine }) {
  const text = useTranslations('audit')
  return (
    <span className="block @max-3xl:w-16 @3xl:whitespace-nowrap">
      {who === null ? text('operator') : who.name}
    </span>
  )
}

function Subject({ line: { subject }, name }: { line: JournalLine; name: string }) {
  const text = useTranslations('audit')
  const address = useAddress()
  const may = useMay()
  if (subject === null) return null
  const href = hrefOf(subject, name, may('field.define'))
  const { id } = subject
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-4 gap-y-1 whitespace-nowrap">
      {href !== null && (
        <TextLink href={href} renderLink={nextLink} aria-label={text('see', { subject: name })}>
          {text('seeShort')}
        </TextLink>
      )}
      {address.get('about') !== id && (
        <TextLink onClick={() => address.set({ about: id }, 'push')}>{text('onlyThis')}</TextLink>
      )}
    </span>
  )
}

/** Where a subject is looked at by who may; null where there is no such page. */
function hrefOf(
  { id, kind, open }: NonNullable<JournalLine['subject']>,
  name: string,
  defines: boolean,
): string | null {
  if (!open) return null
  if (kind === 'territory') return `/admin/territories?at=${id}`
  if (kind === 'person') return `/admin/people/${id}`
  if (kind === 'assignment') return `/admin?q=${encodeURIComponent(name)}`
  if (kind === 'import') return `/admin/imports/${id}`
  if (kind === 'organisation') return '/admin/organisation'
  return kind === 'field' && defines ? `/manage/fields/${id}` : null
}
