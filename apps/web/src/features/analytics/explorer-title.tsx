'use client'
import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import type { Findings } from '@fieldback/domain/analytics/findings'
import { isRate } from '@fieldback/domain/analytics/question-of-view'
import {
  changeText,
  periodText,
  type Subject,
  subjectText,
  unitOf,
  valueText,
} from '@fieldback/i18n/figure-words'
import { useLocale } from 'next-intl'
import { placeRows, standingOut } from './place-rows.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { placeWithin } from './words.ts'

type TitleProps = { findings: Findings; measure: AskedMeasure }
type LedeProps = { findings: Findings; subject: Subject }

/** The answer: "31 % en Nouvelle-Aquitaine, 22 % en France". */
export function ExplorerTitle({ findings, measure }: TitleProps) {
  const text = useText()
  const locale = useLocale()
  const formats = useFormats()
  const { value, hidden } = findings.total.now
  if (value === null)
    return hidden
      ? text('explorer.title.few', { have: hidden.have, need: hidden.need })
      : text('explorer.title.none')
  const unit = unitOf(measure, findings)
  const { place } = findings
  const here = placeWithin(place, locale)
  const whole = valueText(value, unit, formats)
  const out = standingOut(findings)
  if (!out) {
    // Only where several could differ is it news that none does.
    const several = placeRows(findings).filter(({ now }) => now.value !== null).length > 1
    const compared = several && isRate(measure) && findings.method !== null ? 'yes' : 'no'
    return here
      ? text('explorer.title.one', { share: whole, where: here, compared })
      : text('explorer.title.oneNamed', { share: whole, place: place.name, compared })
  }
  const there = placeWithin(out.place, locale)
  const top = valueText(out.now.value ?? 0, unit, formats)
  if (here && there) return text('explorer.title.two', { top, there, whole, here })
  return text('explorer.title.twoNamed', { top, there: out.place.name, whole, here: place.name })
}

/** What is counted, over which period, and how it moved. */
export function ExplorerLede({ findings, subject }: LedeProps) {
  const text = useText()
  const formats = useFormats()
  const { view } = useView()
  const { measured, total, comparedPlace } = findings
  const unit = unitOf(subject.measure, findings)
  const stock = measured !== null && measured.entity !== 'report'
  const change = changeText(total, { unit, text, formats })
  return text('explorer.lede', {
    subject: subjectText(subject, text, formats),
    period: stock ? text('explorer.now') : periodText(view.period, text, formats),
    moved:
      change === null || total.before?.value == null
        ? ''
        : text('explorer.moved', {
            change,
            with: view.compare?.with ?? 'previous',
            before: valueText(total.before.value, unit, formats),
            place: comparedPlace?.name ?? '',
          }),
  })
}
