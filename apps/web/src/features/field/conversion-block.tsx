'use client'
import type { RetypePreview } from '@fieldback/api/field/retype'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldDefinition, FieldSpec } from '@fieldback/domain/field/field-spec'
import { answerIds, isNamed } from '@fieldback/domain/field/merge-map'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { unitOf } from '@fieldback/domain/field/types/number'
import type { Rank } from '@fieldback/domain/territory/rank'
import { DataTable } from '@fieldback/ui/data-table'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import ListPlus from 'lucide-react/icons/list-plus'
import { useTranslations } from 'next-intl'
import { AnswerMapTable } from '../../client/answer-map.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { specOf } from './draft.ts'
import { goesByRanges, isSaidOneByOne, placesOf, type RetypeDraft, takenChoices } from './retype-draft.ts'
import { useSaidWords } from './use-said-words.ts'

export type ConversionBlockProps = {
  readonly draft: RetypeDraft
  readonly change: (patch: Partial<RetypeDraft>) => void
  readonly definition: FieldDefinition
  readonly owner: { readonly name: string; readonly rank: Rank }
  readonly preview: RetypePreview | undefined
}

type Place = { readonly value: string; readonly label: string }

/** What each old answer becomes: answer by answer, by ranges of numbers, or by what was typed. */
export function ConversionBlock(props: ConversionBlockProps) {
  const { draft, definition } = props
  const places = usePlaces(draft)
  if (isNamed(definition.spec)) return <NamedAnswers {...props} places={places} />
  if (goesByRanges(definition.spec, draft)) return <Ranges {...props} places={places} />
  return isSaidOneByOne(definition.spec) ? <SaidAnswers {...props} places={places} /> : null
}

/** The answers that the draft offers. */
function usePlaces(draft: RetypeDraft): readonly Place[] {
  const field = useTranslations('field')
  if (draft.type === 'yes_no')
    return [
      { value: 'true', label: field('answer.yes') },
      { value: 'false', label: field('answer.no') },
    ]
  return isChoice(draft)
    ? draft.options.filter(({ fr }) => fr.trim() !== '').map(({ key, fr }) => ({ value: key, label: fr }))
    : []
}

type WithPlaces = ConversionBlockProps & { readonly places: readonly Place[] }

function NamedAnswers({ draft, change, definition, owner, places }: WithPlaces) {
  const text = useTranslations('fieldRetype')
  const field = useTranslations('field')
  const label = useLabel()
  const { spec } = definition
  const answers = answerIds(spec).map((id) => {
    const option = spec.options.find((one) => one.id === id)
    return {
      value: id,
      label: option ? label(option.label) : field(id === 'true' ? 'answer.yes' : 'answer.no'),
    }
  })
  return (
    <Block title={text('map.title')} hint={text('map.hint')}>
      <AnswerMapTable
        title={text('map.head', { question: label(spec.label) })}
        owner={owner}
        answers={answers}
        places={places}
        none={text('map.none')}
        map={placesOf(draft, definition)}
        onChange={(map) => change({ places: map })}
        labelOf={(answer) => text('map.of', { answer })}
      />
    </Block>
  )
}

function Ranges({ draft, change, definition, places }: WithPlaces) {
  const text = useTranslations('fieldRetype')
  const unit = unitOf(definition.spec)
  return (
    <Block title={text('steps.title')} hint={text('steps.hint')}>
      <div className="grid max-w-md gap-3">
        {places.map(({ value, label }) => (
          <Field
            key={value}
            label={
              unit === null
                ? text('steps.from', { answer: label })
                : text('steps.fromUnit', { answer: label, unit })
            }
          >
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                maxLength={20}
                autoComplete="off"
                value={draft.froms[value] ?? ''}
                onChange={(event) => change({ froms: { ...draft.froms, [value]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </Block>
  )
}

type Row = RetypePreview['values'][number]

function SaidAnswers({ draft, change, preview, definition, places }: WithPlaces) {
  const text = useTranslations('fieldRetype')
  const formats = useFormats()
  const saidWords = useSaidWords(definition.spec)
  if (!preview) return null
  const take = () =>
    change({ options: takenChoices(preview.values.map(({ said }) => saidWords(said))), places: {} })
  return (
    <Block title={text('values.title')} hint={text('values.hint')}>
      <div className="grid gap-3">
        {preview.hidden && <p className="text-ink-2">{text('values.hidden')}</p>}
        {preview.answers.answered === 0 && <p className="text-ink-2">{text('values.nothing')}</p>}
        {isChoice(draft) && preview.values.length > 1 && (
          <p>
            <TextLink icon={<ListPlus size={16} />} onClick={take}>
              {text('values.take')}
            </TextLink>
          </p>
        )}
        {preview.values.length > 0 && (
          <div className="max-h-120 overflow-auto">
            <DataTable<Row>
              caption={text('values.title')}
              rows={preview.values}
              rowKey={({ key }) => key}
              columns={[
                {
                  key: 'said',
                  head: text('values.said'),
                  rowHead: true,
                  cell: ({ said }) => (
                    <span className="wrap-anywhere line-clamp-2 max-w-28 desk:max-w-48 whitespace-normal">
                      {saidWords(said)}
                    </span>
                  ),
                },
                { key: 'n', head: text('values.times'), figure: true, cell: ({ n }) => formats.number(n) },
                {
                  key: 'becomes',
                  head: text('values.becomes'),
                  cell: (row) => (
                    <div className="w-40 desk:w-52">
                      <Becomes
                        row={row}
                        said={saidWords(row.said)}
                        draft={draft}
                        places={places}
                        onChange={(place) => change({ places: withPlace(draft.places, row.key, place) })}
                      />
                    </div>
                  ),
                },
              ]}
            />
          </div>
        )}
      </div>
    </Block>
  )
}

/** undefined: as it is guessed. */
function withPlace(places: RetypeDraft['places'], key: string, place: string | null | undefined) {
  const { [key]: _, ...others } = places
  return place === undefined ? others : { ...others, [key]: place }
}

const AUTO = '/auto'
const NONE = '/none'

type BecomesProps = {
  readonly row: Row
  readonly said: string
  readonly draft: RetypeDraft
  readonly places: readonly Place[]
  readonly onChange: (place: string | null | undefined) => void
}

function Becomes({ row, said, draft, places, onChange }: BecomesProps) {
  const text = useTranslations('fieldRetype')
  const spec: FieldSpec = specOf(draft)
  const words = useSaidWords(spec)
  const set = Object.hasOwn(draft.places, row.key) ? draft.places[row.key] : undefined
  const name = text('values.of', { answer: said })
  const guessed = (becomes: AnswerValue | null) =>
    becomes === null ? text('values.autoNone') : text('values.auto', { answer: words(becomes) })
  if (places.length > 0)
    return (
      <Select
        aria-label={name}
        value={set === undefined ? AUTO : (set ?? NONE)}
        options={[
          { value: AUTO, label: set === undefined ? guessed(row.becomes) : text('values.autoNone') },
          ...places,
          { value: NONE, label: text('values.none') },
        ]}
        onChange={(value) => onChange(value === AUTO ? undefined : value === NONE ? null : value)}
      />
    )
  return (
    <TextInput
      aria-label={name}
      maxLength={200}
      autoComplete="off"
      placeholder={set === undefined && row.becomes !== null ? words(row.becomes) : text('values.write')}
      value={set ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  )
}
