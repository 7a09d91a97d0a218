'use client'
import { nameKey } from '@fieldback/domain/account/normalise'
import { Chip } from '@fieldback/ui/chip'
import { TextInput } from '@fieldback/ui/text-input'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

export type PickManyProps = {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

const SHOWN = 8

/** Several among thousands: what is chosen stays in sight, the others are searched. */
export function PickMany({ label, options, value, onChange }: PickManyProps) {
  const text = useTranslations('fieldDesk')
  const [typed, setTyped] = useState('')
  const sought = nameKey(typed)
  const chosen = options.filter((option) => value.includes(option.value))
  const found = options
    .filter((option) => !value.includes(option.value) && ` ${nameKey(option.label)}`.includes(` ${sought}`))
    .slice(0, SHOWN)
  return (
    <fieldset aria-label={label} className="grid gap-2">
      {chosen.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {chosen.map((option) => (
            <Chip
              key={option.value}
              pressed
              onClick={() => onChange(value.filter((one) => one !== option.value))}
            >
              <span className="inline-flex items-center gap-1">
                {option.label}
                <X size={14} aria-label={text('fromList.removeItem', { item: option.label })} />
              </span>
            </Chip>
          ))}
        </div>
      )}
      <TextInput
        type="search"
        className="max-w-md"
        icon={<Search size={16} />}
        aria-label={text('fromList.pickItems')}
        placeholder={text('fromList.pickItems')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        {found.map((option) => (
          <Chip key={option.value} pressed={false} onClick={() => onChange([...value, option.value])}>
            {option.label}
          </Chip>
        ))}
      </div>
    </fieldset>
  )
}
