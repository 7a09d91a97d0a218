'use client'
import type { Bounds } from '@fieldback/domain/field/bounds'
import type { TighteningSpec } from '@fieldback/domain/field/field-spec'
import { LOCKABLE } from '@fieldback/domain/field/lockable'
import type { Aside, ToldTouch } from '@fieldback/domain/field/told-touches'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'

type Limits = Bounds & { readonly unit?: string | null | undefined }

/** Answers of one's own are named while they fit a line. */
const NAMED = 3
const DECIMALS = 6

/** What levels make of a question, in a few words of the reader's language. */
export function useTouchWords() {
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  const formats = useFormats()

  /** "au plus tôt 30 jours avant la visite, au plus tard le 31 décembre 2026": nothing where no limit is said. */
  const dayWords = ({ earliest, latest }: Bounds): string[] =>
    [['earliest', earliest] as const, ['latest', latest] as const].flatMap(([name, bound]) => [
      ...(bound?.day === undefined
        ? []
        : [text(`told.${name}`, { day: text('told.onDay', { day: formats.day(bound.day) }) })]),
      ...(bound?.days === undefined ? [] : [text(`told.${name}`, { day: fromVisit(bound.days) })]),
    ])
  const fromVisit = (days: number): string =>
    text('told.fromVisit', { days: Math.abs(days), side: days < 0 ? 'before' : days > 0 ? 'after' : 'same' })

  /** "2 à 20 kg"; null without bounds. */
  const boundsWords = ({ unit, ...bounds }: Limits): string | null => {
    const { min, max } = bounds
    const days = dayWords(bounds)
    if (days.length > 0) return days.join(', ')
    const figure = (value: number | undefined) => formats.number(value ?? 0, DECIMALS)
    if (min === undefined && max === undefined) return null
    const which = min === undefined ? 'most' : max === undefined ? 'least' : 'between'
    const words = text(`told.${which}`, { min: figure(min), max: figure(max) })
    return unit ? `${words} ${unit}` : words
  }

  const ownWords = (options: TighteningSpec['options']): string[] => {
    const offered = options.filter(({ retired }) => !retired)
    if (offered.length === 0) return []
    if (offered.length > NAMED) return [text('told.withCount', { count: offered.length })]
    const names = offered.map((option) => text('told.quoted', { words: label(option.label) }))
    return [text('told.with', { answers: formats.list(names) })]
  }

  const groupWords = (groups: readonly string[]): string[] => {
    if (groups.length === 0) return []
    if (groups.length > NAMED) return [text('told.withoutGroupCount', { count: groups.length })]
    const named = groups.map((group) => text('told.quoted', { words: group || text('items.noGroup') }))
    return [text('told.withoutGroups', { groups: formats.list(named) })]
  }

  /** "obligatoire, 2 à 20": empty when nothing is said. */
  const saidWords = (spec: TighteningSpec, unit?: string | null): string => {
    const bounds = boundsWords({ ...spec, unit })
    const locks = LOCKABLE.filter((aspect) => spec.locks.includes(aspect))
    return [
      ...(spec.required ? [text('told.required')] : []),
      ...(bounds ? [bounds] : []),
      ...(spec.without.length > 0 ? [text('told.without', { count: spec.without.length })] : []),
      ...groupWords(spec.withoutGroups ?? []),
      ...ownWords(spec.options),
      ...(spec.help ? [text('told.help')] : []),
      ...(spec.position === undefined ? [] : [text('told.order')]),
      ...(locks.length > 0
        ? [text('told.locks', { aspects: formats.list(locks.map((aspect) => text(`aspect.${aspect}`))) })]
        : []),
    ].join(', ')
  }

  const asideWords = ({ aspect, why, by }: Aside): string =>
    why === 'locked'
      ? text('told.locked', { place: by.name, aspect: text(`aspect.${aspect}`) })
      : text('told.stricter', { place: by.name, aspect })

  /** A line a level, then a line for what of it is without effect. */
  const touchLines = (touches: readonly ToldTouch[], unit?: string | null): string[] =>
    touches.flatMap((touch) => [
      text('told.line', { place: touch.node.name, what: saidWords(touch.spec, unit) }),
      ...touch.aside.map(asideWords),
    ])

  return { boundsWords, saidWords, asideWords, touchLines }
}
