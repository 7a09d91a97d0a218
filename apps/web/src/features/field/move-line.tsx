'use client'
import type { ImportLine } from '@fieldback/domain/field/plan-fields-import'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { useFaultWords } from './use-fault-words.ts'

type MoveLineProps = {
  readonly line: ImportLine
  readonly chosen: boolean
  readonly onChoose: (at: number, chosen: boolean) => void
}

/** One line of the file: the question, where it goes, and what would become of it. */
export function MoveLine({ line, chosen, onChoose }: MoveLineProps) {
  const text = useTranslations('fieldMove')
  const label = useLabel()
  const { verdict } = line
  const name = line.label ? label(line.label) : line.key || '…'
  const mayChoose = verdict.is === 'new' || verdict.is === 'version'
  return (
    <li className="flex items-start gap-3 p-4">
      <span className="grid size-11 flex-none place-items-center desk:size-6">
        {mayChoose && (
          <input
            type="checkbox"
            aria-label={text('result.choose', { name })}
            className="touch size-5 accent-accent desk:size-4"
            checked={chosen}
            onChange={(event) => onChoose(line.at, event.target.checked)}
          />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="wrap-anywhere font-strong">
          {name}
        </p>
        <p className="wrap-anywhere text-ink-2 text-small">
          {[line.place, ...(line.of === 'tightening' ? [text('result.tightening')] : [])]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Told verdict={verdict} />
      </div>
      <Tag>{text(`verdict.${verdict.is}`)}</Tag>
    </li>
  )
}

const PARTS = [
  'label',
  'help',
  'why',
  'options',
  'without',
  'unit',
  'min',
  'max',
  'required',
  'reportable',
  'staleAfterDays',
  'position',
  'shared',
  'givebacks',
  'locks',
  'type',
] as const

/** What a new version changes, or why a line is refused and what to do. */
function Told({ verdict }: Pick<ImportLine, 'verdict'>) {
  const text = useTranslations('fieldMove')
  const formats = useFormats()
  const refusal = useRefusal()
  if (verdict.is === 'version') {
    const parts = verdict.changes.map((part) => text(`part.${PARTS.find((one) => one === part) ?? 'other'}`))
    return <p className="text-small">{text('changes', { parts: formats.list([...new Set(parts)]) })}</p>
  }
  return verdict.is === 'refused' ? (
    <p className="wrap-anywhere text-danger text-small">{refusal(verdict)}</p>
  ) : null
}

const OWN = [
  'FIELDS_LINE_INVALID',
  'FIELDS_LINE_TWICE',
  'FIELDS_PLACE_UNKNOWN',
  'FIELDS_QUESTION_RETIRED',
  'FIELDS_QUESTION_UNKNOWN',
] as const

/** The publication's own reason, or what is wrong with the file. */
function useRefusal() {
  const text = useTranslations('fieldMove')
  const fault = useFaultWords()
  return ({ code, params }: Extract<ImportLine['verdict'], { is: 'refused' }>): string => {
    const own = OWN.find((one) => one === code)
    if (own)
      return text(`refusedFor.${own}`, {
        path: String(params.path ?? ''),
        problem: String(params.problem ?? ''),
        most: Number(params.most ?? 0),
        key: String(params.key ?? ''),
        place: String(params.place ?? ''),
      })
    if (code === 'CONFLICT') return text('overtaken')
    const { title, next } = fault.of({ code, params })
    return `${title} ${next}`
  }
}
