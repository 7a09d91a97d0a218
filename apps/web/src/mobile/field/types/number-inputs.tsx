'use client'
import { DURATION_MOST, scaleOf } from '@fieldback/domain/field/types/number'
import { AmountInput } from '@fieldback/ui/amount-input'
import { DurationInput } from '@fieldback/ui/duration-input'
import { RatingScale } from '@fieldback/ui/rating-scale'
import { usePhone } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { useTypeTexts } from './type-texts.ts'

const figureOf = ({ value }: AnswerInputProps): number | null => (typeof value === 'number' ? value : null)

/** The bounds in a line, where there are any: an amount beyond them stays on screen and is no answer. */
function useBounds({ field }: AnswerInputProps, written: (value: number) => string): string | null {
  const text = useTypeTexts()
  const { min, max } = field.spec
  if (min !== undefined && max !== undefined)
    return text('between', { least: written(min), most: written(max) })
  if (min !== undefined) return text('atLeast', { least: written(min) })
  return max === undefined ? null : text('atMost', { most: written(max) })
}

export function MoneyInput(props: AnswerInputProps) {
  const { field, onChange, asLast, labelledBy } = props
  const { formats, locale } = usePhone()
  const { min = -1e15, max = 1e15, currency = '' } = field.spec
  const bounds = useBounds(props, (value) => formats.money(value, currency))
  const boundsId = `${labelledBy}-bounds`
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <AmountInput
          className="min-w-40 flex-1"
          value={figureOf(props)}
          onChange={(next) => onChange(next ?? undefined)}
          fits={(amount) => amount >= min && amount <= max}
          written={(amount) => (locale === 'fr' ? String(amount).replace('.', ',') : String(amount))}
          negative={min < 0 && field.spec.min !== undefined}
          unit={currency === '' ? '' : formats.currency(currency)}
          asLast={asLast}
          labelledBy={labelledBy}
          describedBy={bounds === null ? undefined : boundsId}
        />
        <UnknownChip {...props} />
      </div>
      {bounds !== null && (
        <p id={boundsId} className="text-caption text-ink-2">
          {bounds}
        </p>
      )}
    </div>
  )
}

export function LengthInput(props: AnswerInputProps) {
  const { field, onChange, asLast, labelledBy } = props
  const { formats, texts } = usePhone()
  const text = useTypeTexts()
  const bounds = useBounds(props, formats.minutes)
  return (
    <div className="grid gap-2">
      <DurationInput
        value={figureOf(props)}
        onChange={(next) => onChange(next ?? undefined)}
        least={Math.max(0, field.spec.min ?? 0)}
        most={Math.min(DURATION_MOST, field.spec.max ?? DURATION_MOST)}
        written={formats.minutes}
        hoursLabel={text('hours')}
        minutesLabel={text('minutes')}
        asLast={asLast}
        asLastLabel={texts('field')('asLast')}
        labelledBy={labelledBy}
        more={<UnknownChip {...props} />}
      />
      {bounds !== null && <p className="text-caption text-ink-2">{bounds}</p>}
    </div>
  )
}

export function RatingInput(props: AnswerInputProps) {
  const { field, onChange, asLast, labelledBy } = props
  const { least, most } = scaleOf(field.spec)
  return (
    <div className="grid gap-2">
      <RatingScale
        value={figureOf(props)}
        onChange={(next) => onChange(next ?? undefined)}
        least={least}
        most={most}
        asLast={asLast}
        labelledBy={labelledBy}
      />
      <div>
        <UnknownChip {...props} />
      </div>
    </div>
  )
}
