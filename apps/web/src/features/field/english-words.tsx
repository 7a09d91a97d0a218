'use client'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'next-intl'
import type { BlockInput } from './draft.ts'

/** The same words in English, for who reads it so; folded, since few write them. */
export function EnglishWords({ draft, change }: BlockInput) {
  const text = useTranslations('fieldDesk')
  const line = (label: string, value: string, onChange: (en: string) => void) => (
    <Field key={label} label={label}>
      {(control) => (
        <TextInput
          {...control}
          lang="en"
          maxLength={300}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
  return (
    <details>
      <summary className="inline-flex min-h-11 items-center gap-1.5 text-ink-2 hover:text-ink desk:min-h-8 [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} className="[details[open]_&]:rotate-90" />
        {text('english.open')}
      </summary>
      <div className="mt-2 grid gap-3 border-line border-l-2 pl-4">
        {line(text('english.label'), draft.label.en, (en) => change({ label: { ...draft.label, en } }))}
        {line(text('english.why'), draft.why.en, (en) => change({ why: { ...draft.why, en } }))}
        {isChoice(draft) &&
          draft.options
            .filter((option) => option.fr.trim() !== '')
            .map((option) =>
              line(text('english.option', { option: option.fr }), option.en, (en) =>
                change({
                  options: draft.options.map((one) => (one.key === option.key ? { ...one, en } : one)),
                }),
              ),
            )}
        {draft.returns.includes('segment') &&
          line(text('english.segment'), draft.segment.en, (en) =>
            change({ segment: { ...draft.segment, en } }),
          )}
      </div>
    </details>
  )
}
