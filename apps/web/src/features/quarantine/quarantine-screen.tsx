'use client'
import type { AsideTold } from '@fieldback/api/quarantine/read'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { RecordHead } from '../../client/record-head.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { SettlePanel } from './settle-panel.tsx'
import { Typed } from './typed.tsx'
import { useAsideWords } from './use-aside-words.ts'

/** One thing put aside: everything typed in it that can be read, and the decision, taken or to be taken. */
export function QuarantineScreen({ initial }: { initial: AsideTold }) {
  const text = useTranslations('quarantine')
  const formats = useFormats()
  const words = useAsideWords()
  const read = useQuery({
    ...useTRPC().quarantine.get.queryOptions({ itemId: initial.id }),
    initialData: initial as never,
  })
  const item = read.data as AsideTold
  const { place, author } = item
  const named = { ...item, subject: subjectOf(item) }
  return (
    <DeskScreen rail={<DeskRail />} band={place.rank}>
      <RecordHead
        label={text('view.crumbs')}
        list={{
          label: text('title', { place: place.name }),
          href: `/manage/quarantine?at=${place.id}`,
          rank: place.rank,
        }}
        here={author.name}
        title={words.title(named)}
        lede={text('view.by', {
          name: author.name,
          at: formats.instant(item.capturedAt),
          received: formats.instant(item.receivedAt),
        })}
      />
      {item.settled ? (
        <Settled item={item} />
      ) : (
        <Notice tone="quiet" icon={<CircleAlert size={18} />} title={words.reason(named)}>
          {text(`settle.fault.${item.fault.of}`)}
        </Notice>
      )}
      <div className="grid items-start gap-x-10 gap-y-7 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Typed item={item} />
        {!item.settled && <SettlePanel item={item} />}
      </div>
    </DeskScreen>
  )
}

/** The account's name, or that of what was to be made. */
function subjectOf({ account, lines, kind }: AsideTold): string | null {
  const of = (key: string) => lines.find((line) => line.key === key)?.value
  if (account?.name) return account.name
  if (kind === 'account.create') return of('name') ?? null
  return kind === 'contact.create' ? [of('firstName'), of('lastName')].filter(Boolean).join(' ') : null
}

function Settled({ item: { settled, reportId } }: { item: AsideTold }) {
  const text = useTranslations('quarantine')
  const formats = useFormats()
  if (!settled) return null
  const { kind, by, at, word } = settled
  const accepted = kind === 'accepted'
  return (
    <Notice
      tone="quiet"
      live
      icon={accepted ? <CircleCheck size={18} /> : <Undo2 size={18} />}
      title={text(`view.${kind}`, { name: by.name, at: formats.instant(at) })}
    >
      {word && (
        <q dir="auto" className="wrap-anywhere">
          {word}
        </q>
      )}
      {reportId && (
        <TextLink href={`/manage/reports/${reportId}`} renderLink={nextLink}>
          {text('view.report')}
        </TextLink>
      )}{' '}
      <span className="block text-ink-2">{text('view.asCame')}</span>
    </Notice>
  )
}
