'use client'
import { Notice } from '@fieldback/ui/notice'
import { Tag } from '@fieldback/ui/tag'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { AskedField } from './asked.ts'
import { useFaultWords } from './use-fault-words.ts'

type Broken = { readonly broken: AskedField['broken'] }

/** Which return reaches nobody any more, and why. */
function useBrokenLines(): (broken: Broken['broken']) => string[] {
  const text = useTranslations('fieldDesk')
  const { reason } = useFaultWords()
  return (broken) =>
    broken.map(({ kind, code, params }) =>
      text('broken.line', { kind: text(`returns.name.${kind}`), reason: reason(code, params) }),
    )
}

/** In the list of questions, under the one that gives less than it says. */
export function BrokenLines({ broken }: Broken) {
  const text = useTranslations('fieldDesk')
  const lines = useBrokenLines()
  if (broken.length === 0) return null
  return (
    <span className="mt-1 block font-regular text-caption">
      <Tag>{text('broken.tag')}</Tag>
      {lines(broken).map((line) => (
        <span key={line} className="wrap-anywhere mt-0.5 block text-ink-2">
          {line}
        </span>
      ))}
    </span>
  )
}

/** On the page of a question: since when, and the way out. */
export function BrokenNotice({ broken }: Broken) {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const lines = useBrokenLines()
  const [first] = broken.toSorted((a, b) => (a.since < b.since ? -1 : 1))
  if (!first) return null
  return (
    <Notice
      icon={<CircleAlert size={18} />}
      title={text('broken.title', { count: broken.length, day: formats.day(first.since) })}
    >
      {lines(broken).join(' ')} {text('broken.way')}
    </Notice>
  )
}
