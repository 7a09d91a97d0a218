'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'

type Preview = inferRouterOutputs<AppRouter>['account']['previewReassign']

/** What a reassignment would change: how much, for whom, which questions, what changes hands. */
export function ReassignPreview({ preview }: { preview: Preview }) {
  const text = useTranslations('accountDesk.reassign')
  const label = useLabel()
  const formats = useFormats()
  const { accounts, contacts, reports, callbacks, homes, gain, lose, gained, lost } = preview
  if (accounts === 0) return <p role="status">{text('nothing')}</p>
  const share = ({ displayName, accounts: count }: { displayName: string; accounts: number }) =>
    text('share', { name: displayName, count: formats.number(count) })
  const parts = [
    ['from', homes.map(({ name, accounts: count }) => share({ displayName: name, accounts: count })), 'none'],
    ['gain', gain.map(share), 'none'],
    ['lose', lose.map(share), 'none'],
    ['gained', gained.map(label), 'noQuestion'],
    ['lost', lost.map(label), 'noQuestion'],
  ] as const
  return (
    <div role="status" className="rounded-md bg-surface p-4">
      <p className="font-strong">{text('what', { accounts, contacts, reports })}</p>
      <p>{text('callbacks', { count: callbacks })}</p>
      <dl className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-2 xl:grid-cols-3">
        {parts.map(([key, lines, none]) => (
          <div key={key} className="min-w-0">
            <dt className="text-caption text-ink-2">{text(key)}</dt>
            <dd className="wrap-anywhere">{lines.length > 0 ? lines.join(', ') : text(none)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
