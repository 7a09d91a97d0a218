'use client'
import type { AsideTold } from '@fieldback/api/quarantine/read'
import type { AsideAnswer, AsideLine } from '@fieldback/domain/quarantine/read-aside'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { useToldText } from '../../client/use-told-text.ts'

/** All that can be read of what was typed: about whom, the plain parts, the answers under the words of then. */
export function Typed({ item }: { item: AsideTold }) {
  const text = useTranslations('quarantine')
  const { account, contact, lines, answers } = item
  const nothing = !account && !contact && lines.length + answers.length === 0
  return (
    <section aria-labelledby="typed" className="min-w-0">
      <SectionHead id="typed">{text('view.typed')}</SectionHead>
      {nothing && <p className="text-ink-2">{text('view.nothing')}</p>}
      <dl className="[&>*+*]:border-line [&>*+*]:border-t">
        {account && <Part name={text('view.account')}>{account.name ?? text('view.elsewhere')}</Part>}
        {contact && <Part name={text('view.contact')}>{contact.name ?? text('view.elsewhere')}</Part>}
        {lines
          .toSorted((a, b) => placeOf(a) - placeOf(b))
          .map((line) => (
            <Line key={line.key} line={line} />
          ))}
        {answers.map((answer) => (
          <Answer key={answer.key} answer={answer} names={item.names} />
        ))}
      </dl>
    </section>
  )
}

function Part({ name, mark, children }: { name: ReactNode; mark?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-2">
      <dt className="flex min-w-0 items-start gap-3 text-ink-2">
        {mark && <span className="flex-none pt-0.5">{mark}</span>}
        <span className="wrap-anywhere min-w-0">{name}</span>
      </dt>
      <dd dir="auto" className="wrap-anywhere min-w-0 whitespace-pre-line font-medium">
        {children}
      </dd>
    </div>
  )
}

/** Those of the operation that a person typed or chose; whatever else came is named as it came. */
const KEYS = [
  'kind',
  'outcome',
  'day',
  'dueDay',
  'reason',
  'note',
  'name',
  'firstName',
  'lastName',
  'jobTitle',
  'activity',
  'phone',
  'email',
  'street',
  'postcode',
  'city',
  'optedOut',
] as const
/** Kept as they came, they have lost the order in which they were asked. */
const placeOf = ({ key }: AsideLine): number => [...KEYS, key].indexOf(key)
const DAY = /^\d{4}-\d\d-\d\d$/

function Line({ line: { key, value } }: { line: AsideLine }) {
  const text = useTranslations('quarantine')
  const report = useTranslations('report')
  const formats = useFormats()
  const known = KEYS.find((one) => one === key)
  const outcome = OUTCOMES.find((one) => one === value)
  const kind = REPORT_KINDS.find((one) => one === value)
  const said = (): string => {
    if (key === 'outcome' && outcome) return report(`outcomes.${outcome}`)
    if (key === 'kind' && kind) return report(`kinds.${kind}`)
    if (key === 'optedOut') return text(value === 'true' ? 'view.yes' : 'view.no')
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? formats.day(value, 'long') : value
  }
  return <Part name={known ? text(`key.${known}`) : key}>{said()}</Part>
}

function Answer({ answer, names }: { answer: AsideAnswer; names: AsideTold['names'] }) {
  const text = useTranslations('quarantine')
  const label = useLabel()
  const levelName = useLevelName()
  const told = useToldText(names)
  const { owner } = answer
  return (
    <Part
      name={answer.label ? label(answer.label) : text('view.questionUnknown')}
      mark={owner && <LevelMark rank={owner.rank} size={16} label={levelName(owner.rank)} />}
    >
      {answer.typed === null ? (
        told(answer.told, owner?.name ?? '')
      ) : (
        <>
          {answer.typed} <span className="font-normal text-caption text-ink-2">({text('view.asTyped')})</span>
        </>
      )}
    </Part>
  )
}
