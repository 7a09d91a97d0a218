'use client'
import type { FieldSpec, FieldType } from '@fieldback/domain/field/field-spec'
import { daysOf } from '@fieldback/domain/field/types/day-range'
import { DURATION_MOST, scaleOf } from '@fieldback/domain/field/types/number'
import type { AddressPart } from '@fieldback/domain/field/types/place'
import { AmountInput } from '@fieldback/ui/amount-input'
import { Button } from '@fieldback/ui/button'
import { Chip } from '@fieldback/ui/chip'
import { DurationInput } from '@fieldback/ui/duration-input'
import { Field } from '@fieldback/ui/field'
import { RatingScale } from '@fieldback/ui/rating-scale'
import { TextInput } from '@fieldback/ui/text-input'
import Camera from 'lucide-react/icons/camera'
import LocateFixed from 'lucide-react/icons/locate-fixed'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import type { ComponentType } from 'react'
import { useFormats } from '../../client/use-formats.ts'

type PreviewProps = {
  readonly spec: FieldSpec
  /** Of the visit. */
  readonly day: string
  readonly labelledBy: string
}

/** The rarer controls of the phone, unanswered, with their way to say "does not know". */
export function RarePreview(props: PreviewProps) {
  const Preview = PREVIEWS[props.spec.type]
  if (!Preview) return null
  return (
    <div className="grid gap-2">
      <Preview {...props} />
      {!WITHOUT_UNKNOWN.has(props.spec.type) && (
        <div>
          <Unknown />
        </div>
      )}
    </div>
  )
}

/** Beside its own parts, or none. */
const WITHOUT_UNKNOWN: ReadonlySet<FieldType> = new Set(['position', 'money', 'duration', 'phone', 'photo'])

const nothing = () => {}

function Unknown() {
  const text = useTranslations('field')
  return <Chip pressed={false}>{text('answer.unknown')}</Chip>
}

function Money({ spec, labelledBy }: PreviewProps) {
  const formats = useFormats()
  const unit = spec.currency ? formats.currency(spec.currency) : ''
  return (
    <div className="flex flex-wrap items-center gap-2">
      <AmountInput
        className="min-w-32 flex-1"
        value={null}
        onChange={nothing}
        unit={unit}
        labelledBy={labelledBy}
      />
      <Unknown />
    </div>
  )
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
      more={<Unknown />}
    />
  )
}

function Rating({ spec, labelledBy }: PreviewProps) {
  const { least, most } = scaleOf(spec)
  return <RatingScale value={null} least={least} most={most} labelledBy={labelledBy} />
}

/** The days that may be answered on a visit. */
export function DaysLine({ spec, day }: Pick<PreviewProps, 'spec' | 'day'>) {
  const text = useTranslations('fieldTypes')
  const formats = useFormats()
  const { first, last } = daysOf(spec, day)
  if (!first && !last) return null
  const days = { first: first ? formats.day(first) : '', last: last ? formats.day(last) : '' }
  const which = first && last ? (first > last ? 'none' : 'between') : first ? 'from' : 'until'
  return <p className="text-caption text-ink-2">{text(`days.${which}`, days)}</p>
}

function Moment({ spec, day, labelledBy }: PreviewProps) {
  const text = useTranslations('fieldTypes')
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Chip pressed={false}>{text('now')}</Chip>
        <Chip pressed={false}>{text('tomorrow')}</Chip>
      </div>
      <TextInput type="datetime-local" aria-labelledby={labelledBy} />
      <DaysLine spec={spec} day={day} />
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

function Phone({ labelledBy }: PreviewProps) {
  return (
    <div className="flex items-center gap-2">
      <Line name="phoneExample" labelledBy={labelledBy} />
      <div className="flex-none">
        <Unknown />
      </div>
    </div>
  )
}

function Address() {
  const line = (part: AddressPart) => <AddressLine part={part} />
  return (
    <div className="grid gap-3">
      {line('street')}
      <div className="grid grid-cols-[7.5rem_1fr] gap-3">
        {line('postcode')}
        {line('city')}
      </div>
      {line('country')}
    </div>
  )
}

function AddressLine({ part }: { part: AddressPart }) {
  const text = useTranslations('fieldTypes')
  return <Field label={text(part)}>{(control) => <TextInput {...control} />}</Field>
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

function Items({ labelledBy }: PreviewProps) {
  const text = useTranslations('fieldTypes')
  return (
    <TextInput
      type="search"
      icon={<Search size={20} />}
      aria-labelledby={labelledBy}
      placeholder={text('items.search')}
    />
  )
}

function Photos() {
  const text = useTranslations('media')
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={<Camera size={18} />}>{text('take')}</Button>
      <Button variant="ghost">{text('choose')}</Button>
    </div>
  )
}

const PREVIEWS: Readonly<Partial<Record<FieldType, ComponentType<PreviewProps>>>> = {
  money: Money,
  duration: Length,
  rating: Rating,
  date_time: Moment,
  phone: Phone,
  email: line('emailExample'),
  web_address: line('webExample'),
  postal_address: Address,
  position: Place,
  account_reference: Reference,
  contact_reference: Reference,
  list_reference: Items,
  photo: Photos,
}
