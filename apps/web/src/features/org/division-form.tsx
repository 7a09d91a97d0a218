'use client'
import { Button } from '@fieldback/ui/button'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Segmented } from '@fieldback/ui/segmented'
import { Stats } from '@fieldback/ui/stats'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'

const DEPTHS = ['1', '2', '3'] as const
type Depth = (typeof DEPTHS)[number]
const depthOf = (depth: Depth) => Number(depth) as 1 | 2 | 3

/** The country's own division: how deep, which regions, how many of each, then all at once. */
export function DivisionForm({ onTaken }: { onTaken: () => void }) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const locale = useLocale()
  const trpc = useTRPC()
  const [depth, setDepth] = useState<Depth>('2')
  const [some, setSome] = useState(false)
  const [regions, setRegions] = useState<readonly string[]>([])
  const wish = { depth: depthOf(depth), regions: some ? [...regions] : null }
  const preview = useQuery(trpc.org.division.queryOptions(wish, { placeholderData: keepPreviousData }))
  const take = useTake(onTaken)
  const { compare } = new Intl.Collator(locale)
  const options = (preview.data?.regions ?? [])
    .toSorted((a, b) => compare(a.name, b.name))
    .map(({ code, name }) => ({ value: code, label: name }))
  const wrong = take.error ?? preview.error
  return (
    <section aria-label={text('territories.way.country')} className="grid max-w-[880px] gap-5">
      <div className="flex flex-wrap gap-x-8 gap-y-4">
        <Choice label={text('division.depth')}>
          <ChipGroup
            label={text('division.depth')}
            options={DEPTHS.map((value) => ({ value, label: text(`division.depth${value}`) }))}
            value={[depth]}
            onChange={([chosen]) => setDepth(DEPTHS.find((value) => value === chosen) ?? depth)}
          />
        </Choice>
        <Choice label={text('division.regions')}>
          <Segmented
            label={text('division.regions')}
            options={[
              { value: 'all', label: text('division.all') },
              { value: 'some', label: text('division.some') },
            ]}
            value={some ? 'some' : 'all'}
            onChange={(value) => setSome(value === 'some')}
          />
        </Choice>
      </div>
      {some && (
        <ChipGroup
          multiple
          label={text('division.pick')}
          options={options}
          value={regions}
          onChange={setRegions}
        />
      )}
      {preview.data && <Counts {...preview.data} depth={depthOf(depth)} />}
      {preview.data?.renamesRoot && (
        <p className="text-ink-2">{text('division.root', { country: preview.data.country })}</p>
      )}
      {wrong && (
        <p role="alert" className="text-danger text-small">
          {sentence(wrong)}
        </p>
      )}
      {(preview.data || !preview.error) && (
        <Take
          count={preview.data?.added.reduce((sum, n) => sum + n, 0) ?? 0}
          none={some && regions.length === 0}
          busy={take.isPending || preview.isPlaceholderData || !preview.data}
          onTake={() => take.mutate(wish)}
        />
      )}
    </section>
  )
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="max-w-full">
      <p className="mb-1.5 font-medium text-small">{label}</p>
      {children}
    </div>
  )
}

type CountsProps = {
  readonly places: readonly number[]
  readonly added: readonly number[]
  readonly depth: number
}

function Counts({ places, added, depth }: CountsProps) {
  const text = useTranslations('orgSetup')
  const formats = useFormats()
  const items = ([1, 2, 3] as const)
    .filter((rank) => rank <= depth)
    .map((rank) => ({
      term: text(`division.rank${rank}`),
      value: formats.number(added[rank - 1] ?? 0),
      note: text('division.already', { count: (places[rank - 1] ?? 0) - (added[rank - 1] ?? 0) }),
    }))
  return <Stats items={items} />
}

type TakeProps = {
  readonly count: number
  readonly none: boolean
  readonly busy: boolean
  readonly onTake: () => void
}

function Take({ count, none, busy, onTake }: TakeProps) {
  const text = useTranslations('orgSetup')
  if (none) return <p className="text-ink-2">{text('division.none')}</p>
  if (count === 0 && !busy) return <p className="text-ink-2">{text('division.nothing')}</p>
  return (
    <div>
      <Button variant="primary" disabled={busy} onClick={onTake}>
        {count === 0 ? text('division.counting') : text('division.take', { count })}
      </Button>
    </div>
  )
}

function useTake(onTaken: () => void) {
  const text = useTranslations('orgSetup')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  return useMutation(
    trpc.org.takeDivision.mutationOptions({
      onSuccess: async ({ added }) => {
        toast({ text: text('division.done', { count: added.reduce((sum, n) => sum + n, 0) }) })
        await client.invalidateQueries(trpc.org.pathFilter())
        await client.invalidateQueries(trpc.territory.pathFilter())
        onTaken()
      },
    }),
  )
}
