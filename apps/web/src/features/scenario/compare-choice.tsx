'use client'
import { Button } from '@fieldback/ui/button'
import { useQuery } from '@tanstack/react-query'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import type { ScenarioPage } from './scenario-page.ts'
import { useWords } from './use-words.ts'

/** With which other scenario of the branch this one is compared. */
export function CompareChoice({ page, onClose }: { page: ScenarioPage; onClose: () => void }) {
  const { text } = useWords()
  const list = useQuery(useTRPC().scenario.list.queryOptions({}))
  const others = (list.data?.scenarios ?? []).filter(
    ({ id, territory }) => id !== page.id && territory.id === page.territory.id,
  )
  return (
    <section aria-labelledby="compare-with" className="rounded-md bg-sunken p-4">
      <h2 id="compare-with" className="text-lead">
        {text('compare.other')}
      </h2>
      {list.data && others.length === 0 && <p className="mt-1 text-ink-2">{text('compare.noOther')}</p>}
      <ul className="mt-3 flex flex-wrap gap-2">
        {others.map(({ id, name }) => (
          <li key={id}>
            <Button href={`/manage/scenarios/compare?a=${page.id}&b=${id}`} renderLink={nextLink}>
              {name}
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="ghost" className="mt-2" onClick={onClose}>
        {text('cancel')}
      </Button>
    </section>
  )
}
