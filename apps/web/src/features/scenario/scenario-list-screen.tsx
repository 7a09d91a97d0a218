'use client'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { PageHead } from '@fieldback/ui/page-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import GitCompareArrows from 'lucide-react/icons/git-compare-arrows'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useLevelName } from '../../client/levels.tsx'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { NewScenario } from './new-scenario.tsx'
import type { ScenarioLine } from './scenario-page.ts'
import { StateTag } from './state-tag.tsx'
import { useWords } from './use-words.ts'

/** Drafts of the reader's branches, or those that were settled. */
export function ScenarioListScreen() {
  const { text, sentence } = useWords()
  const may = useMay()
  const address = useAddress()
  const settled = address.get('show') === 'settled'
  const adding = address.get('do') === 'new'
  const list = useQuery({
    ...useTRPC().scenario.list.queryOptions({ settled }),
    staleTime: 0,
  })
  const scenarios = list.data?.scenarios ?? []
  const add = may('territory.arrange') && (
    <Button
      variant="primary"
      icon={<Plus size={16} />}
      onClick={() => address.set({ do: adding ? null : 'new' }, 'push')}
    >
      {text('list.new')}
    </Button>
  )
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        title={text('list.title')}
        lede={text('list.lede')}
        actions={(scenarios.length > 0 || settled) && add}
      />
      {adding && <NewScenario onClose={() => address.set({ do: null })} />}
      <div>
        <Segmented
          label={text('list.which')}
          options={[
            { value: 'working', label: text('list.working') },
            { value: 'settled', label: text('list.settled') },
          ]}
          value={settled ? 'settled' : 'working'}
          onChange={(value) => address.set({ show: value === 'settled' ? value : null })}
        />
      </div>
      {list.error && !list.data && (
        <Empty icon={<GitCompareArrows size={28} />} title={text('unreadable')} text={sentence(list.error)} />
      )}
      {list.isPending && <Skeleton label={text('loading')} lines={4} />}
      {list.data && scenarios.length === 0 && !adding && (
        <Empty
          icon={<GitCompareArrows size={28} />}
          title={text(settled ? 'list.noneSettled' : 'list.none')}
          text={text(settled ? 'list.noneSettledText' : 'list.noneText')}
          action={!settled && add}
        />
      )}
      {scenarios.length > 0 && <ScenarioTable scenarios={scenarios} />}
      {list.data?.more && <p className="text-ink-2 text-small">{text('list.more')}</p>}
    </DeskScreen>
  )
}

function ScenarioTable({ scenarios }: { scenarios: readonly ScenarioLine[] }) {
  const { text, formats } = useWords()
  const levelName = useLevelName()
  const [picked, setPicked] = useState<readonly string[]>([])
  const pair = scenarios.filter(({ id }) => picked.includes(id))
  const [a, b] = pair
  const same = a && b && a.territory.id === b.territory.id
  const pick = (id: string) =>
    setPicked((known) => (known.includes(id) ? known.filter((one) => one !== id) : [...known, id].slice(-2)))
  return (
    <>
      <DataTable
        caption={text('list.caption')}
        rowKey={({ id }) => id}
        rows={scenarios}
        columns={[
          {
            key: 'name',
            head: text('list.name'),
            rowHead: true,
            cell: (one) => (
              <span className="inline-flex items-center gap-2">
                {scenarios.length > 1 && (
                  <label className="grid size-11 flex-none place-items-center">
                    <input
                      type="checkbox"
                      aria-label={text('list.pick', { name: one.name })}
                      checked={picked.includes(one.id)}
                      onChange={() => pick(one.id)}
                      className="size-4 accent-(--fb-accent)"
                    />
                  </label>
                )}
                <TextLink href={`/manage/scenarios/${one.id}`} renderLink={nextLink}>
                  {one.name}
                </TextLink>
              </span>
            ),
          },
          {
            key: 'branch',
            head: text('list.branch'),
            cell: ({ territory }) => (
              <span className="inline-flex items-center gap-2">
                <LevelMark rank={territory.rank} size={16} label={levelName(territory.rank)} />
                {territory.name}
              </span>
            ),
          },
          { key: 'state', head: text('list.state'), cell: (one) => <StateTag {...one} /> },
          {
            key: 'gestures',
            head: text('list.gestures'),
            figure: true,
            cell: ({ gestures }) => formats.number(gestures),
          },
          {
            key: 'changed',
            head: text('list.changed'),
            cell: ({ changedAt, changedBy }) =>
              text('list.changedBy', { at: formats.instant(changedAt), who: changedBy }),
          },
        ]}
      />
      {scenarios.length > 1 && (
        <div className="flex flex-wrap items-center gap-3">
          {same ? (
            <Button href={`/manage/scenarios/compare?a=${a.id}&b=${b.id}`} renderLink={nextLink}>
              {text('list.compare')}
            </Button>
          ) : (
            <Button disabled>{text('list.compare')}</Button>
          )}
          <span className="text-caption text-ink-2">{text('list.compareHint')}</span>
        </div>
      )}
    </>
  )
}
