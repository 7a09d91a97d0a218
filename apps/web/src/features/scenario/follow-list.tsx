'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import Bell from 'lucide-react/icons/bell'
import History from 'lucide-react/icons/history'
import ScrollText from 'lucide-react/icons/scroll-text'
import TextCursorInput from 'lucide-react/icons/text-cursor-input'
import UserRound from 'lucide-react/icons/user-round'
import type { ReactNode } from 'react'
import { useLabel } from '../../client/use-label.ts'
import type { ScenarioPage } from './scenario-page.ts'
import { useWords } from './use-words.ts'

type Followed = ScenarioPage['followed']

/** What nobody has to do: questions kept, gained and lost, rights, history, and who is told. */
export function FollowList({ page: { followed, gestures, territory } }: { page: ScenarioPage }) {
  const { text } = useWords()
  const { questions, rights, more } = followed
  return (
    <section aria-labelledby="follow">
      <SectionHead id="follow">{text('follow.title')}</SectionHead>
      {gestures.length === 0 ? (
        <p className="text-ink-2">{text('follow.nothing')}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {questions.map((one) => (
            <Line key={`${one.kind}:${one.fieldId}`} icon={<TextCursorInput size={18} />}>
              <Question {...one} />
            </Line>
          ))}
          {rights.map((one) => (
            <Line key={`${one.membershipId}:${one.role}`} icon={<UserRound size={18} />}>
              <Right {...one} />
            </Line>
          ))}
          <Line icon={<History size={18} />}>{text('follow.history')}</Line>
          <Line icon={<ScrollText size={18} />}>{text('follow.ledger')}</Line>
          <Line icon={<Bell size={18} />}>{text('follow.phones')}</Line>
        </ul>
      )}
      {more > 0 && (
        <p className="mt-2 flex items-center gap-2 text-caption text-ink-2">
          <LevelMark rank={territory.rank} size={16} />
          {text('follow.more', { count: more })}
        </p>
      )}
    </section>
  )
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <li className="flex min-h-12 items-center gap-3 py-1.5">
    <span className="flex-none text-ink-2">{icon}</span>
    <span className="min-w-0">{children}</span>
  </li>
)

function useAccounts() {
  const { text, formats } = useWords()
  return {
    accounts: (count: number) => text('follow.accounts', { count }),
    places: (names: readonly string[]) => formats.list(names),
  }
}

function Question({ kind, label, accounts: count, places: names }: Followed['questions'][number]) {
  const { text } = useWords()
  const localised = useLabel()
  const { accounts, places } = useAccounts()
  return text(`follow.${kind}`, {
    question: localised(label),
    accounts: accounts(count),
    places: places(names),
  })
}

function Right({ name: who, role: held, gained, lost }: Followed['rights'][number]) {
  const { text, access } = useWords()
  const { accounts, places } = useAccounts()
  const role = access(`role.${held}`)
  if (gained.accounts > 0 && lost.accounts > 0)
    return text('follow.swaps', {
      who,
      role,
      gained: accounts(gained.accounts),
      gainedPlaces: places(gained.places),
      lost: accounts(lost.accounts),
      lostPlaces: places(lost.places),
    })
  const [key, { accounts: count, places: names }] =
    gained.accounts > 0 ? (['gains', gained] as const) : (['loses', lost] as const)
  return text(`follow.${key}`, { who, role, accounts: accounts(count), places: places(names) })
}
