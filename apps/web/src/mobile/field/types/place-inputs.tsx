'use client'
import { ADDRESS_MAX, type AddressPart, isAddress, isPosition } from '@fieldback/domain/field/types/place'
import type { PostalAddress } from '@fieldback/domain/field/types/value'
import { Button } from '@fieldback/ui/button'
import LocateFixed from 'lucide-react/icons/locate-fixed'
import { useState } from 'react'
import { LineField } from '../../account/line-field.tsx'
import { usePhone } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { useTypeTexts } from './type-texts.ts'

const NOTHING: PostalAddress = { street: '', postcode: '', city: '', country: '' }

export function AddressInput(props: AnswerInputProps) {
  const { value, onChange } = props
  const text = useTypeTexts()
  const address = isAddress(value) ? value : NOTHING
  const write = (part: AddressPart) => (typed: string) => {
    const next = { ...address, [part]: typed }
    onChange(Object.values(next).every((one) => one === '') ? undefined : next)
  }
  const line = (part: AddressPart) =>
    ({
      label: text(part),
      maxLength: ADDRESS_MAX[part],
      value: address[part],
      onChange: write(part),
    }) as const
  return (
    <div className="grid gap-3">
      <LineField {...line('street')} />
      <div className="grid grid-cols-[7.5rem_1fr] gap-3">
        <LineField {...line('postcode')} inputMode={/[a-z]/i.test(address.postcode) ? 'text' : 'numeric'} />
        <LineField {...line('city')} />
      </div>
      <LineField {...line('country')} />
      <div>
        <UnknownChip {...props} />
      </div>
    </div>
  )
}

/** Long enough for a first fix in a street; no longer than somebody waits. */
const WAIT_MS = 15_000
const DIGITS = 6

type Asking = 'idle' | 'asking' | 'refused' | 'lost'

/** Where the phone is, taken once on a tap and never followed. Refused or lost, the form goes on without it. */
export function PositionInput({ value, onChange, labelledBy }: AnswerInputProps) {
  const { formats } = usePhone()
  const text = useTypeTexts()
  const [asking, setAsking] = useState<Asking>('idle')
  const position = isPosition(value) ? value : null
  const take = () => {
    if (!('geolocation' in navigator)) return setAsking('lost')
    setAsking('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking('idle')
        onChange({
          accuracy: Math.round(coords.accuracy),
          latitude: Number(coords.latitude.toFixed(DIGITS)),
          longitude: Number(coords.longitude.toFixed(DIGITS)),
        })
      },
      (error) => setAsking(error.code === error.PERMISSION_DENIED ? 'refused' : 'lost'),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 0 },
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has one button, named by the question.
    <div role="group" aria-labelledby={labelledBy} className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<LocateFixed size={18} />} aria-busy={asking === 'asking'} onClick={take}>
          {text(asking === 'asking' ? 'position.asking' : position ? 'position.again' : 'position.ask')}
        </Button>
        {position && (
          <Button variant="ghost" onClick={() => onChange(undefined)}>
            {text('clear')}
          </Button>
        )}
      </div>
      <p role="status" className="text-ink-2 text-small empty:hidden">
        {said()}
      </p>
    </div>
  )

  function said(): string | null {
    if (asking === 'refused' || asking === 'lost') return text(`position.${asking}`)
    if (!position || asking === 'asking') return null
    return position.accuracy === null
      ? text('position.notedOnly')
      : text('position.noted', { distance: formats.distance(position.accuracy) })
  }
}
