'use client'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { ADDED } from '@fieldback/domain/territory/clash-choice'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { AnswerMapTable, type AnswerPlace } from './answer-map.tsx'
import { type Clash, type ClashDraft, draftFor, isMapped, nameFault, type Side } from './clash-draft.ts'
import { useLabel } from './use-label.ts'

const NAME_MAX = 300

type ClashDetailProps = {
  readonly clash: Clash
  readonly draft: ClashDraft
  readonly onChange: (draft: ClashDraft) => void
}

/** What a way leaves to say: which question takes which name; whose words stay, and what becomes of each answer. */
export function ClashDetail(props: ClashDetailProps) {
  if (props.draft.how === 'apart') return <Names {...props} />
  return props.draft.how === 'one' ? <Words {...props} /> : null
}

/** Which of the questions the way is about. */
function SideSelect({ clash, draft, label, onChange }: ClashDetailProps & { readonly label: string }) {
  const text = useTranslations('territory.clash')
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={draft.fieldId}
          onChange={(fieldId) => {
            const next = draftFor(clash, draft.how, fieldId)
            if (next) onChange(next)
          }}
          options={clash.sides.map(({ fieldId, place }) => ({
            value: fieldId,
            label: text('of', { place }),
          }))}
        />
      )}
    </Field>
  )
}

function Names(props: ClashDetailProps) {
  const { clash, draft, onChange } = props
  const text = useTranslations('territory.clash')
  const fault = nameFault(clash, draft)
  return (
    <div className="mt-3 grid gap-3 sm:grid-cols-2">
      <SideSelect {...props} label={text('rename')} />
      {(['fr', 'en'] as const).map((locale) => (
        <Field
          key={locale}
          label={text(locale === 'fr' ? 'name' : 'nameEn')}
          error={locale === 'fr' && fault && text(`nameFault.${fault}`)}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={NAME_MAX}
              required={locale === 'fr'}
              value={draft.name[locale]}
              onChange={(event) =>
                onChange({ ...draft, name: { ...draft.name, [locale]: event.target.value } })
              }
            />
          )}
        </Field>
      ))}
    </div>
  )
}

function Words(props: ClashDetailProps) {
  const { clash, draft, onChange } = props
  const text = useTranslations('territory.clash')
  const answersOf = useAnswers()
  const kept = clash.sides.find(({ fieldId }) => fieldId === draft.fieldId)
  if (!kept) return null
  return (
    <div className="mt-3 grid gap-4">
      <div className="sm:w-1/2">
        <SideSelect {...props} label={text('words')} />
      </div>
      {clash.sides
        .filter((side) => side !== kept && isMapped(side, kept))
        .map((side) => (
          <AnswerMapTable
            key={side.fieldId}
            title={text('map', { place: side.place })}
            owner={{ name: side.place, rank: side.rank }}
            answers={answersOf(side)}
            places={[...answersOf(kept), ...(isChoice(kept) ? [{ value: ADDED, label: text('added') }] : [])]}
            none={text('none')}
            map={draft.maps[side.fieldId] ?? {}}
            onChange={(map) => onChange({ ...draft, maps: { ...draft.maps, [side.fieldId]: map } })}
            labelOf={(answer) => text('mapOf', { answer, place: side.place })}
          />
        ))}
    </div>
  )
}

/** The answers that a question offers, or offered. */
function useAnswers(): (side: Side) => AnswerPlace[] {
  const text = useTranslations('territory')
  const label = useLabel()
  return ({ type, options }) =>
    type === 'yes_no'
      ? [
          { value: 'true', label: text('splitForm.yes') },
          { value: 'false', label: text('splitForm.no') },
        ]
      : options.map((option) => ({ value: option.id, label: label(option.label) }))
}
