'use client'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { EMAIL_MAX, PHONE_MAX, WEB_ADDRESS_MAX } from '@fieldback/domain/field/types/text'
import { normaliseWebAddress } from '@fieldback/domain/field/web-address'
import { TextInput, type TextInputProps } from '@fieldback/ui/text-input'
import { useState } from 'react'
import { usePhone } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { useTypeTexts } from './type-texts.ts'

type LineProps = AnswerInputProps & {
  readonly input: TextInputProps
  /** An answer as it is read; what is being typed stays as typed. */
  readonly shown?: (value: string) => string
  /** Said once the input is left, of what is kept all the same. */
  readonly doubt?: (value: string) => string | null
  /** A number leaves room beside it, an address takes the whole width. */
  readonly short?: boolean
}

/** One line with the right keyboard. Nothing typed is refused: the server brings it to its normal form where it has one. */
function Line({ input, shown = (value) => value, doubt, short = false, ...props }: LineProps) {
  const { value, onChange, labelledBy } = props
  const [typed, setTyped] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const said = typeof value === 'string' ? value : ''
  const doubtful = left && said !== '' && doubt ? doubt(said) : null
  const doubtId = `${labelledBy}-doubt`
  return (
    <div className={short ? 'flex flex-wrap items-center gap-2' : 'grid gap-2'}>
      <TextInput
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        {...input}
        className={short ? 'min-w-44 flex-1' : undefined}
        aria-labelledby={labelledBy}
        aria-describedby={doubtful ? doubtId : undefined}
        value={typed === said ? said : shown(said)}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(event.target.value || undefined)
        }}
        onFocus={() => setLeft(false)}
        onBlur={() => setLeft(true)}
      />
      {doubtful && (
        <p id={doubtId} className="text-caption text-ink-2">
          {doubtful}
        </p>
      )}
      <div className="flex-none">
        <UnknownChip {...props} />
      </div>
    </div>
  )
}

export function PhoneInput(props: AnswerInputProps) {
  const { formats } = usePhone()
  const text = useTypeTexts()
  return (
    <Line
      {...props}
      short
      input={{ type: 'tel', inputMode: 'tel', maxLength: PHONE_MAX, placeholder: text('phoneExample') }}
      shown={(value) => formats.phone(value).replaceAll('\u00a0', ' ')}
    />
  )
}

export function EmailInput(props: AnswerInputProps) {
  const text = useTypeTexts()
  return (
    <Line
      {...props}
      input={{ type: 'email', inputMode: 'email', maxLength: EMAIL_MAX, placeholder: text('emailExample') }}
      doubt={(value) => (normaliseEmail(value) === null ? text('emailDoubtful') : null)}
    />
  )
}

export function WebInput(props: AnswerInputProps) {
  const text = useTypeTexts()
  return (
    <Line
      {...props}
      input={{ type: 'text', inputMode: 'url', maxLength: WEB_ADDRESS_MAX, placeholder: text('webExample') }}
      doubt={(value) => (normaliseWebAddress(value) === null ? text('webDoubtful') : null)}
    />
  )
}
