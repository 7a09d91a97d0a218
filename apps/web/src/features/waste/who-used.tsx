import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import type { WasteField } from './waste.ts'

/** Who was shown the returns of a question: by role and level, and how many others. */
export function WhoUsed({ users }: Pick<WasteField, 'users'>) {
  const text = useTranslations('waste')
  const levelName = useLevelName()
  const groups = users?.groups ?? []
  const rest = groups.reduce((left, { people }) => left - people, users?.people ?? 0)
  const lines = [
    ...groups.flatMap(({ role, rank, people }) =>
      role === null || rank === null ? [] : text(`users.${role}`, { count: people, level: levelName(rank) }),
    ),
    ...(rest > 0 ? [text(groups.length > 0 ? 'users.others' : 'by', { count: rest })] : []),
  ]
  return lines.map((line) => (
    <span key={line} className="ml-auto block max-w-34 whitespace-normal text-caption text-ink-2">
      {line}
    </span>
  ))
}
