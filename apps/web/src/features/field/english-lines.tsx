'use client'
import { Field } from '@fieldback/ui/field'
import { TextInput } from '@fieldback/ui/text-input'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'next-intl'

export type EnglishLine = {
  readonly key: string
  readonly label: string
  readonly value: string
  readonly onChange: (en: string) => void
}

/** Words to write in English as well; folded, since few write them. */
export function EnglishLines({ lines }: { lines: readonly EnglishLine[] }) {
  const text = useTranslations('fieldDesk')
  return (
    <details>
      <summary className="inline-flex min-h-11 items-center gap-1.5 text-ink-2 hover:text-ink desk:min-h-8 [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} className="[details[open]_&]:rotate-90" />
        {text('english.open')}
      </summary>
      <div className="mt-2 grid gap-3 border-line border-l-2 pl-4">
        {lines.map(({ key, label, value, onChange }) => (
          <Field key={key} label={label}>
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
        ))}
      </div>
    </details>
  )
}
