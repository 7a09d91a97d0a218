'use client'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useQuery } from '@tanstack/react-query'
import MapPin from 'lucide-react/icons/map-pin'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useLabel } from '../../client/use-label.ts'
import { type FilterState, KINDS, type Kind } from './use-filters.ts'

type AccountFiltersProps = {
  readonly filters: FilterState
  readonly territory: { readonly id: string; readonly rank: number }
}

export function AccountFilters({ filters, territory }: AccountFiltersProps) {
  const text = useTranslations('accountDesk')
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="w-72 max-w-full">
        <TextInput
          type="search"
          quiet
          icon={<Search size={16} />}
          aria-label={text('search')}
          placeholder={text('search')}
          value={filters.typed.search}
          onChange={(event) => filters.write('search', event.target.value)}
          onBlur={filters.settle}
        />
      </div>
      <div className="w-52 max-w-full">
        <TextInput
          type="search"
          quiet
          icon={<MapPin size={16} />}
          aria-label={text('filter.town')}
          placeholder={text('filter.town')}
          value={filters.typed.town}
          onChange={(event) => filters.write('town', event.target.value)}
          onBlur={filters.settle}
        />
      </div>
      <Segmented<Kind>
        label={text('kind.label')}
        options={KINDS.map((value) => ({ value, label: text(`kind.${value}`) }))}
        value={filters.kind}
        onChange={(kind) => filters.set({ kind })}
      />
      <AnswerFilter territoryId={territory.id} filters={filters} />
      {territory.rank !== 3 && (
        <label className="flex min-h-11 items-center gap-2 desk:min-h-9">
          <input
            type="checkbox"
            className="size-5 accent-accent desk:size-4"
            checked={filters.home}
            onChange={(event) => filters.set({ home: event.target.checked })}
          />
          {text('homeOnly')}
        </label>
      )}
    </div>
  )
}

/** Accounts by what was answered of them, to the questions that are answered by choosing. */
function AnswerFilter({ territoryId, filters }: { territoryId: string; filters: FilterState }) {
  const text = useTranslations('accountDesk.filter')
  const label = useLabel()
  const questions = useQuery(useTRPC().account.chosenBy.queryOptions({ territoryId })).data ?? []
  if (questions.length === 0) return null
  const options = questions.flatMap((question) =>
    (question.options.length > 0
      ? question.options.map((option) => ({ id: option.id, said: label(option.label) }))
      : [
          { id: 'true', said: text('yes') },
          { id: 'false', said: text('no') },
        ]
    ).map(({ id, said }) => ({
      value: `${question.fieldId}:${id}`,
      label: text('said', { question: label(question.label), answer: said }),
    })),
  )
  return (
    <div className="max-w-72">
      <Select
        label={text('answer')}
        options={[{ value: '', label: text('anyAnswer') }, ...options]}
        value={filters.answer}
        onChange={(answer) => filters.set({ answer })}
      />
    </div>
  )
}
