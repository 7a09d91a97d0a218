'use client'
import type { ConditionFact } from '@fieldback/domain/field/condition-shape'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useTranslations } from 'next-intl'
import { figure } from './draft.ts'
import { factsOf, type Play } from './play.ts'
import { type Source, useFactSources } from './use-sources.ts'

/** The facts that a question hangs on, to be tried beside the phone. A home's level is that of the place shown. */
export function PlayFacts({ spec, play }: { spec: FieldSpec; play: Play }) {
  const text = useTranslations('fieldCondition')
  const facts = factsOf(spec)
  const sources = useFactSources('report').filter(({ about }) => {
    const fact = about.slice(1) as ConditionFact
    return fact !== 'rank' && facts.has(fact)
  })
  if (sources.length === 0) return null
  return (
    <fieldset className="mx-auto mt-4 grid max-w-80 gap-3">
      <legend className="mb-2 font-medium text-small">{text('tryFacts')}</legend>
      {sources.map((source) => (
        <FactInput key={source.about} source={source} play={play} />
      ))}
    </fieldset>
  )
}

function FactInput({ source, play }: { source: Source; play: Play }) {
  const text = useTranslations('fieldCondition')
  const fact = source.about.slice(1) as ConditionFact
  const value = play.facts[fact]
  return (
    <Field label={source.label}>
      {(control) =>
        source.options.length > 0 ? (
          <Select
            {...control}
            options={[{ value: '', label: text('choose') }, ...source.options]}
            value={value === undefined || value === null ? '' : String(value)}
            onChange={(next) =>
              play.say({
                [fact]: next === '' ? undefined : source.kind === 'flag' ? next === 'true' : next,
              })
            }
          />
        ) : (
          <TextInput
            {...control}
            inputMode={source.kind === 'number' ? 'decimal' : 'text'}
            autoComplete="off"
            defaultValue={value === undefined || value === null ? '' : String(value)}
            onChange={({ target }) =>
              play.say({
                [fact]: source.kind === 'number' ? figure(target.value) : target.value || undefined,
              })
            }
          />
        )
      }
    </Field>
  )
}
