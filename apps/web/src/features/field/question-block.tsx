'use client'
import { isText } from '@fieldback/domain/field/answer'
import { FIELD_ENTITIES, FIELD_TYPES, type FieldType } from '@fieldback/domain/field/field-spec'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { Block } from './block.tsx'
import type { BlockInput, Draft } from './draft.ts'
import { EnglishWords } from './english-words.tsx'
import { GROUP_OF, TypeSettings } from './type-settings.tsx'

/** Asked in a report alone. */
const OF_REPORTS: ReadonlySet<string> = new Set<FieldType>(['computed', 'photo'])

const STALE_DAYS = [90, 180, 365, 730] as const

type QuestionBlockProps = BlockInput & {
  /** It has been published. */
  readonly fixed: boolean
  /** Who asks. */
  readonly territory: { readonly id: string; readonly rank: Rank }
  /** Types that its answers can become, where that is what is being changed. */
  readonly becomes?: readonly FieldType[]
  /** Where another type is chosen. */
  readonly retypeHref?: string | undefined
}

/** The question in the rep's words, why it is asked, of what, and how it is answered. */
export function QuestionBlock(props: QuestionBlockProps) {
  const { draft, change, fixed, territory, becomes, retypeHref } = props
  const text = useTranslations('fieldDesk')
  const retype = useTranslations('fieldRetype')
  return (
    <Block title={text('question.title')} hint={text('question.hint')}>
      <div className="grid gap-4">
        <Field label={text('question.label')}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={300}
              autoComplete="off"
              placeholder={text('question.labelExample')}
              value={draft.label.fr}
              onChange={(event) => change({ label: { ...draft.label, fr: event.target.value } })}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-3">
          <Select
            label={text('question.on')}
            disabled={fixed || OF_REPORTS.has(draft.type)}
            options={FIELD_ENTITIES.map((value) => ({ value, label: text(`question.entity.${value}`) }))}
            value={draft.entity}
            onChange={(value) => change({ entity: value as Draft['entity'] })}
          />
          <Select
            label={text('question.answer')}
            disabled={fixed && !becomes}
            options={(becomes ?? FIELD_TYPES).map((value) => ({
              value,
              label: text(`question.type.${value}`),
              group: text(`question.group.${GROUP_OF[value]}`),
            }))}
            value={draft.type}
            onChange={(value) =>
              change({
                type: value as Draft['type'],
                ...(OF_REPORTS.has(value) ? { entity: 'report' as const } : {}),
              })
            }
          />
          {draft.entity !== 'report' && (
            <Select
              label={text('question.stale')}
              options={[
                { value: '', label: text('question.staleNever') },
                ...STALE_DAYS.map((days) => ({
                  value: String(days),
                  label: text('question.staleDays', { days }),
                })),
              ]}
              value={draft.staleAfterDays === null ? '' : String(draft.staleAfterDays)}
              onChange={(value) => change({ staleAfterDays: value === '' ? null : Number(value) })}
            />
          )}
        </div>
        {fixed && !becomes && (
          <p className="flex flex-wrap gap-x-3 text-caption text-ink-2">
            {retypeHref ? retype('fixed') : text('question.fixed')}
            {retypeHref && (
              <TextLink href={retypeHref} renderLink={nextLink}>
                {retype('link')}
              </TextLink>
            )}
          </p>
        )}
        <TypeSettings draft={draft} change={change} fixed={fixed && !becomes} territoryId={territory.id} />
        <Field label={text('question.why')} hint={text('question.whyHint')}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={300}
              autoComplete="off"
              placeholder={text('question.whyExample')}
              value={draft.why.fr}
              onChange={(event) => change({ why: { ...draft.why, fr: event.target.value } })}
            />
          )}
        </Field>
        <Field label={text('question.help')} hint={text('question.helpHint')}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={500}
              autoComplete="off"
              placeholder={text('question.helpExample')}
              value={draft.help.fr}
              onChange={(event) => change({ help: { ...draft.help, fr: event.target.value } })}
            />
          )}
        </Field>
        {draft.type !== 'computed' && (
          <Check
            checked={draft.required}
            onChange={(required) => change({ required })}
            label={text('question.required')}
          />
        )}
        {territory.rank > 0 && isText(draft) && (
          <Check
            checked={draft.shared}
            onChange={(shared) => change({ shared })}
            label={text(draft.type === 'photo' ? 'question.sharedPhotos' : 'question.shared')}
          />
        )}
        <EnglishWords draft={draft} change={change} />
      </div>
    </Block>
  )
}

type CheckProps = {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly label: string
}

function Check({ checked, onChange, label }: CheckProps) {
  return (
    <label className="flex min-h-11 items-center gap-2 desk:min-h-8">
      <input
        type="checkbox"
        className="size-5 flex-none accent-accent desk:size-4"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  )
}
