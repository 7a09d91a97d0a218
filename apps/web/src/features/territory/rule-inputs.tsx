'use client'
import { type RehomeRule, SIDES } from '@fieldback/domain/territory/rehome-rule'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Field } from '@fieldback/ui/field'
import { Segmented } from '@fieldback/ui/segmented'
import { Select, type SelectOption } from '@fieldback/ui/select'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import type { RulePlaces } from './territory-page.ts'

type Props = {
  readonly territoryId: string
  readonly by: 'towns' | 'street' | 'answer'
  readonly rule: RehomeRule | null
  readonly onChange: (rule: RehomeRule | null) => void
}
type InputProps = Omit<Props, 'territoryId' | 'by'> & { readonly places: RulePlaces }

/** What a rule names, among what the accounts of the territory hold. */
export function RuleInputs({ territoryId, by, rule, onChange }: Props) {
  const text = useTranslations('sectorDesk')
  const sentence = useErrorSentence()
  const [town, setTown] = useState<string | null>(null)
  const { data, error } = useQuery({
    ...useTRPC().territory.rulePlaces.queryOptions({ territoryId, town }),
    placeholderData: keepPreviousData,
  })
  const places = data as RulePlaces | undefined
  if (error && !places) return <p role="alert">{sentence(error)}</p>
  if (!places) return <Skeleton label={text('counting')} lines={2} />
  const inputs = { places, rule, onChange }
  return (
    <>
      {by === 'towns' && <ByTowns {...inputs} />}
      {by === 'street' && <ByStreet {...inputs} town={town} onTown={setTown} />}
      {by === 'answer' && <ByAnswer {...inputs} />}
      {places.more && by !== 'answer' && <p className="text-caption text-ink-2">{text('more')}</p>}
    </>
  )
}

function useCounted(): (places: RulePlaces['towns']) => SelectOption[] {
  const text = useTranslations('sectorDesk')
  const formats = useFormats()
  return (places) =>
    places.map(({ name, accounts }) => ({
      value: name,
      label: text('counted', { name, count: formats.number(accounts) }),
    }))
}

function ByTowns({ places, rule, onChange }: InputProps) {
  const text = useTranslations('sectorDesk')
  const counted = useCounted()
  if (places.towns.length === 0) return <p className="text-ink-2">{text('noTown')}</p>
  return (
    <div className="max-h-72 overflow-y-auto">
      <ChipGroup
        label={text('towns')}
        multiple
        options={counted(places.towns)}
        value={rule?.by === 'towns' ? rule.towns : []}
        onChange={(towns) => onChange(towns.length > 0 ? { by: 'towns', towns: [...towns] } : null)}
      />
    </div>
  )
}

type ByStreetProps = InputProps & { readonly town: string | null; readonly onTown: (town: string) => void }

function ByStreet({ places, rule, onChange, town, onTown }: ByStreetProps) {
  const text = useTranslations('sectorDesk')
  const counted = useCounted()
  const at = rule?.by === 'street' ? rule : null
  const none = { value: '', label: text('choose') }
  return (
    <div className="grid max-w-3xl gap-4 md:grid-cols-2">
      <Field label={text('town')}>
        {(control) => (
          <Select
            {...control}
            value={town ?? ''}
            options={[none, ...counted(places.towns)]}
            onChange={(next) => {
              onTown(next)
              onChange(null)
            }}
          />
        )}
      </Field>
      <Field label={text('street')}>
        {(control) => (
          <Select
            {...control}
            disabled={town === null}
            value={at?.street ?? ''}
            options={[none, ...counted(places.streets)]}
            onChange={(street) =>
              onChange(
                street === '' || town === null
                  ? null
                  : { by: 'street', town, street, side: at?.side ?? 'all' },
              )
            }
          />
        )}
      </Field>
      {at && (
        <div className="md:col-span-2">
          <Segmented
            label={text('side.label')}
            options={SIDES.toReversed().map((value) => ({ value, label: text(`side.${value}`) }))}
            value={at.side}
            onChange={(side) => onChange({ ...at, side })}
          />
        </div>
      )}
    </div>
  )
}

function ByAnswer({ places: { questions }, rule, onChange }: InputProps) {
  const text = useTranslations('sectorDesk')
  const label = useLabel()
  const at = rule?.by === 'answer' ? rule : null
  const [fieldId, setFieldId] = useState(at?.fieldId ?? questions[0]?.fieldId ?? '')
  const question = questions.find((one) => one.fieldId === fieldId)
  if (!question) return <p className="text-ink-2">{text('noQuestion')}</p>
  const options =
    question.options.length === 0
      ? [
          { value: 'true', label: text('yes') },
          { value: 'false', label: text('no') },
        ]
      : question.options.map((option) => ({ value: option.id, label: label(option.label) }))
  return (
    <div className="grid max-w-3xl gap-4">
      <Field label={text('question')}>
        {(control) => (
          <Select
            {...control}
            value={fieldId}
            options={questions.map((one) => ({ value: one.fieldId, label: label(one.label) }))}
            onChange={(next) => {
              setFieldId(next)
              onChange(null)
            }}
          />
        )}
      </Field>
      <ChipGroup
        label={text('answer')}
        options={options}
        value={at ? [at.option] : []}
        onChange={([option]) => onChange(option === undefined ? null : { by: 'answer', fieldId, option })}
      />
    </div>
  )
}
