'use client'
import { Button } from '@fieldback/ui/button'
import { useQuery } from '@tanstack/react-query'
import Inbox from 'lucide-react/icons/inbox'
import { useTranslations } from 'next-intl'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'

type Props = {
  readonly territoryId: string
  /** As the server read it for the first paint. */
  readonly initial: { readonly waiting: number; readonly more: boolean } | undefined
}

/** How much waits for a decision in a branch, and the way to it; nothing where nothing does. */
export function WaitingNotice({ territoryId, initial }: Props) {
  const text = useTranslations('quarantine')
  const enabled = useMay()('quarantine.settle')
  const count = useQuery({
    ...useTRPC().quarantine.count.queryOptions({ territoryId }),
    ...(initial ? { initialData: initial } : {}),
    enabled,
  })
  if (!count.data || count.data.waiting === 0) return null
  const { waiting, more } = count.data
  return (
    <section
      aria-labelledby="set-aside"
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md bg-sunken p-4 text-small"
    >
      <Inbox size={20} className="flex-none text-ink-2" />
      <div className="min-w-0 flex-1 basis-60">
        <h2 id="set-aside" className="text-lead">
          {text('notice.title', { count: waiting, more: more ? 'yes' : 'no' })}
        </h2>
        <p className="text-ink-2">{text('notice.text')}</p>
      </div>
      <Button href={`/manage/quarantine?at=${territoryId}`} renderLink={nextLink}>
        {text('notice.open')}
      </Button>
    </section>
  )
}
