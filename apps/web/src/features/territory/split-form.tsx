'use client'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { newId } from '../../mobile/data/new-id.ts'
import type { Rule } from './gesture.ts'
import { Consequences, GesturePanel } from './gesture-panel.tsx'
import { RuleChoice } from './rule-choice.tsx'
import { useFaultText } from './use-fault-text.ts'
import { useGesture } from './use-gesture.ts'
import { useLater } from './use-later.tsx'

type Rank = 0 | 1 | 2 | 3
type SplitFormProps = {
  readonly territory: {
    readonly id: string
    readonly name: string
    readonly rank: Rank
    readonly parentId: string | null
  }
  /** It may lie beside the territory it comes from, under it, or either. */
  readonly places: readonly ('beside' | 'under')[]
  readonly hrefOf: (id: string) => string
}

/** A new territory with a part of the accounts of one: by town, by street or by an answer; counted before it is made. */
export function SplitForm({ territory, places, hrefOf }: SplitFormProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const faultText = useFaultText()
  const trpc = useTRPC()
  const router = useRouter()
  const gesture = useGesture()
  const later = useLater()
  const [name, setName] = useState('')
  const [place, setPlace] = useState(places[0] ?? 'under')
  const [rule, setRule] = useState<Rule | null>(null)
  const preview = useQuery({
    ...trpc.territory.splitPreview.queryOptions({ fromId: territory.id, rule: rule ?? { by: 'all' } }),
    enabled: rule !== null,
    placeholderData: keepPreviousData,
  })
  const split = useMutation(trpc.territory.split.mutationOptions({ onSettled: gesture.refresh }))
  const counted = rule === null ? undefined : preview.data
  const error = later.error ?? split.error ?? preview.error
  const fault = error ? sentence(error) : counted ? faultText(counted.fault) : null
  const to =
    place === 'beside'
      ? { of: 'new' as const, parentId: territory.parentId ?? territory.id, rank: territory.rank, name }
      : { of: 'new' as const, parentId: territory.id, rank: (territory.rank + 1) as Rank, name }
  const submit = () => {
    if (!rule) return
    if (later.isLater) {
      const toId = newId()
      const made = { ...to, of: 'create' as const, id: toId, code: null }
      const passed = { of: 'rehome' as const, fromId: territory.id, toId, rule }
      return later.plan([made, passed], text('splitForm.planned', { place: territory.name, name }))
    }
    split.mutate(
      { fromId: territory.id, to, rule },
      {
        onSuccess: ({ gestureIds, territoryId }) => {
          gesture.done(text('splitForm.done', { name, place: territory.name }), gestureIds)
          router.push(hrefOf(territoryId))
        },
      },
    )
  }
  const ready = name.trim() !== '' && counted !== undefined && counted.accounts > 0 && counted.fault === null
  return (
    <GesturePanel
      title={text('splitForm.title', { place: territory.name })}
      lede={text('splitForm.lede', { place: territory.name })}
      fault={fault}
      act={{
        label: later.label(text('splitForm.act')),
        disabled: !ready || split.isPending || later.waits,
        onClick: submit,
      }}
    >
      <div className="mt-3 flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="w-80 max-w-full">
          <Field label={text('splitForm.name')}>
            {(control) => (
              <TextInput
                {...control}
                autoFocus
                required
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        </div>
        {places.length > 1 && (
          <Segmented
            label={text('splitForm.where')}
            value={place}
            onChange={setPlace}
            options={places.map((value) => ({ value, label: text(`splitForm.${value}`) }))}
          />
        )}
      </div>
      <RuleChoice territoryId={territory.id} rule={rule} onChange={setRule} />
      {counted && (
        <Consequences
          label={text('gesture.follows')}
          lines={[
            text('splitForm.passes', { count: counted.accounts, of: counted.of }),
            text('gesture.then'),
          ]}
        />
      )}
      {counted && <div className="mt-4">{later.field}</div>}
    </GesturePanel>
  )
}
