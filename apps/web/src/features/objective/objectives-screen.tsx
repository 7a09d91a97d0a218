'use client'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Flag from 'lucide-react/icons/flag'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Objectives } from './objective.ts'
import { ObjectiveCard } from './objective-card.tsx'
import { ObjectiveForm } from './objective-form.tsx'

/** What is counted behind the page is looked for again. */
const COUNTED_SOON_MS = 2_000

/** What a manager wants visited in a branch, and how far it is. */
export function ObjectivesScreen({ territory }: { territory: PathNode }) {
  const text = useTranslations('objectiveDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const { data, error, refetch } = useQuery({
    ...useTRPC().objective.list.queryOptions({ territoryId: territory.id }),
    refetchInterval: ({ state }) => (state.data?.counting ? COUNTED_SOON_MS : false),
  })
  const told = data as Objectives | undefined
  const isNew = address.get('do') === 'new'
  return (
    <>
      <PageHead
        crumbs={
          <Crumbs
            label={text('page')}
            renderLink={nextLink}
            items={[{ label: territory.name, rank: territory.rank, href: `/manage/t/${territory.id}` }]}
          />
        }
        title={text('title', { place: territory.name })}
        lede={text('lede')}
        actions={
          <Button
            variant="primary"
            icon={<Plus size={16} />}
            disabled={!told}
            onClick={() => address.set({ do: 'new' }, 'push')}
          >
            {text('new')}
          </Button>
        }
      />
      {error && !told && (
        <Empty
          icon={<Flag size={28} />}
          title={text('unreadable')}
          text={sentence(error)}
          action={<Button onClick={() => refetch()}>{common('retry')}</Button>}
        />
      )}
      {!told && !error && <Skeleton label={text('loading')} lines={6} />}
      {told && isNew && <ObjectiveForm territoryId={territory.id} questions={told.questions} />}
      {told && told.objectives.length === 0 && !isNew && (
        <Empty icon={<Flag size={28} />} title={text('none')} text={text('noneText')} />
      )}
      {told && told.objectives.length > 0 && (
        <>
          <p role="status" className="sr-only">
            {told.counting && text('counting')}
          </p>
          <ul className="grid items-start gap-4 xl:grid-cols-2">
            {told.objectives.map((objective) => (
              <li key={objective.id}>
                <ObjectiveCard objective={objective} />
              </li>
            ))}
          </ul>
          {told.more && <p className="text-caption text-ink-2">{text('more')}</p>}
          <p className="text-caption text-ink-2">{text('never')}</p>
        </>
      )}
    </>
  )
}
