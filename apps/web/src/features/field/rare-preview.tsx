'use client'
import type { FieldSpec, FieldType } from '@fieldback/domain/field/field-spec'
import { DURATION_MOST, scaleOf } from '@fieldback/domain/field/types/number'
import { ADDRESS_PARTS } from '@fieldback/domain/field/types/place'
import { AmountInput } from '@fieldback/ui/amount-input'
import { Button } from '@fieldback/ui/button'
import { Chip } from '@fieldback/ui/chip'
import { DurationInput } from '@fieldback/ui/duration-input'
import { Field } from '@fieldback/ui/field'
import { RatingScale } from '@fieldback/ui/rating-scale'
import { TextInput } from '@fieldback/ui/text-input'
import LocateFixed from 'lucide-react/icons/locate-fixed'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import type { ComponentType, ReactNode } from 'react'
import { useFormats } from '../../client/use-formats.ts'

type PreviewProps = { readonly spec: FieldSpec; readonly labelledBy: string }

/** The rarer controls of the phone, unanswered, with their way to say "does not know". */
export function RarePreview(props: PreviewProps) {
  const text = useTranslations('field')
  const Preview = PREVIEWS[props.spec.type]
  if (!Preview) return null
  return (
    <div className="grid gap-2">
      <Preview {...props} />
      {props.spec.type !== 'position' && (
        <div>
          <Chip pressed={false}>{text('answer.unknown')}</Chip>
        </div>
      )}
    </div>
  )
}

const nothing = () => {}

function Money({ spec, labelledBy }: PreviewProps) {
  return <AmountInput value={null} onChange={nothing} unit={spec.currency ?? ''} labelledBy={labelledBy} />
}

function Length({ spec, labelledBy }: PreviewProps) {
  const text = useTranslations('fieldTypes')
  const formats = useFormats()
  return (
    <DurationInput
      value={null}
      onChange={nothing}
      least={spec.min ?? 0}
      most={spec.max ?? DURATION_MOST}
      written={formats.minutes}
      hoursLabel={text('hours')}
      minutesLabel={text('minutes')}
      labelledBy={labelledBy}
    />
  )
}

function Rating({ spec, labelledBy }: PreviewProps) {
  const text = useTranslations('fieldTypes')
  const { least, most } = scaleOf(spec)
  return (
    <RatingScale
      value={null}
      least={least}
      most={most}
      noteLabel={(note) => text('note', { note, most })}
      labelledBy={labelledBy}
    />
  )
}

function Moment({ labelledBy }: PreviewProps) {
  const text = useTranslations('fieldTypes')
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Chip pressed={false}>{text('now')}</Chip>
        <Chip pressed={false}>{text('tomorrow')}</Chip>
      </div>
      <TextInput type="datetime-local" aria-labelledby={labelledBy} />
    </>
  )
}

const line =
  (name: 'phoneExample' | 'emailExample' | 'webExample'): ComponentType<PreviewProps> =>
  ({ labelledBy }) => <Line name={name} labelledBy={labelledBy} />

function Line({
  name,
  labelledBy,
}: {
  name: 'phoneExample' | 'emailExample' | 'webExample'
  labelledBy: string
}) {
  const text = useTranslations('fieldTypes')
  return <TextInput aria-labelledby={labelledBy} placeholder={text(name)} />
}

function Address(): ReactNode {
  const text = useTranslations('fieldTypes')
  return ADDRESS_PARTS.map((part) => (
    <Field key={part} label={text(part)}>
      {(control) => <TextInput {...control} />}
    </Field>
  ))
}

function Place() {
  const text = useTranslations('fieldTypes')
  return (
    <div>
      <Button icon={<LocateFixed size={18} />}>{text('position.ask')}</Button>
    </div>
  )
}

function Reference({ spec, labelledBy }: PreviewProps) {
  const text = useTranslations('fieldTypes')
  const of = spec.type === 'contact_reference' ? 'contact' : 'account'
  return (
    <TextInput
      type="search"
      icon={<Search size={20} />}
      aria-labelledby={labelledBy}
      placeholder={text(`reference.${of}`)}
    />
  )
}

const PREVIEWS: Readonly<Partial<Record<FieldType, ComponentType<PreviewProps>>>> = {
  money: Money,
  duration: Length,
  rating: Rating,
  date_time: Moment,
  phone: line('phoneExample'),
  email: line('emailExample'),
  web_address: line('webExample'),
  postal_address: Address,
  position: Place,
  account_reference: Reference,
  contact_reference: Reference,
}
