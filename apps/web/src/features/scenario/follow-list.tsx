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
          {together(questions, ({ kind, accounts, places }) => [kind, accounts, ...places]).map((group) => (
            <Line key={group[0].fieldId + group[0].kind} icon={<TextCursorInput size={18} />}>
              <Questions group={group} />
            </Line>
          ))}
          {together(rights, ({ role, gained, lost }) => [role, gained, lost]).map((group) => (
            <Line key={group[0].membershipId + group[0].role} icon={<UserRound size={18} />}>
              <Rights group={group} />
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

type Group<T> = readonly [T, ...T[]]

/** What is said alike is said once, in the order in which it first comes. */
function together<T>(list: readonly T[], alike: (one: T) => unknown): Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const one of list) {
    const key = JSON.stringify(alike(one))
    const known = groups.get(key)
    if (known) known.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

const NAMES_MAX = 3

function useParts() {
  const { text, formats } = useWords()
  return {
    accounts: (count: number) => text('follow.accounts', { count }),
    list: (names: readonly string[]) =>
      names.length > NAMES_MAX
        ? text('follow.others', {
            names: names.slice(0, NAMES_MAX - 1).join(', '),
            count: names.length - NAMES_MAX + 1,
          })
        : formats.list(names),
  }
}

function Questions({ group }: { group: Group<Followed['questions'][number]> }) {
  const { text } = useWords()
  const localised = useLabel()
  const { accounts, list } = useParts()
  const [{ kind, accounts: count, places }] = group
  return text(`follow.${kind}`, {
    questions: list(group.map(({ label }) => text('follow.question', { question: localised(label) }))),
    count: group.length,
    accounts: accounts(count),
    places: list(places),
  })
}

function Rights({ group }: { group: Group<Followed['rights'][number]> }) {
  const { text, access } = useWords()
  const { accounts, list } = useParts()
  const [{ role: held, gained, lost }] = group
  const said = { who: list(group.map(({ name }) => name)), role: access(`role.${held}`), count: group.length }
  if (gained.accounts > 0 && lost.accounts > 0)
    return text('follow.swaps', {
      ...said,
      gained: accounts(gained.accounts),
      gainedPlaces: list(gained.places),
      lost: accounts(lost.accounts),
      lostPlaces: list(lost.places),
    })
  const [key, { accounts: reach, places }] =
    gained.accounts > 0 ? (['gains', gained] as const) : (['loses', lost] as const)
  return text(`follow.${key}`, { ...said, accounts: accounts(reach), places: list(places) })
}
