'use client'
import { oneLine } from '@fieldback/domain/account/normalise'
import { LEVEL_NAME_MAX, type LevelName, levelNameTwice } from '@fieldback/domain/org/level-names'
import { RANKS, type Rank } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { LevelLabel } from '@fieldback/ui/level-label'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextInput } from '@fieldback/ui/text-input'
import { useMutation } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useLocale, useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { Settings } from './settings.ts'
import { useSetting } from './use-setting.ts'

const LANGUAGES = ['fr', 'en'] as const

/** The names as parts of one draft: `fr0` is the first level's, in French. */
const partsOf = (names: readonly LevelName[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap(({ fr, en }, rank) => [
      [`fr${rank}`, fr],
      [`en${rank}`, en],
    ]),
  )
const namesIn = (parts: Readonly<Record<string, string>>, rank: Rank): LevelName => ({
  fr: parts[`fr${rank}`] ?? '',
  en: parts[`en${rank}`] ?? '',
})

/** The four names in both languages, shown on the marks as they are typed. */
export function LevelNamesForm({ settings }: { settings: Settings }) {
  const text = useTranslations('org')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const setting = useSetting()
  const before = RANKS.map((rank): LevelName => {
    const { fr, en } = settings.levelNames[rank] ?? { fr: '', en: '' }
    return { fr, en }
  })
  const { draft, changed, set } = useKeptDraft(partsOf(before))
  const names = RANKS.map((rank) => namesIn(draft, rank))
  const change = useMutation(trpc.org.setLevelNames.mutationOptions(setting.options))
  const undo = useMutation(trpc.org.setLevelNames.mutationOptions(setting.undoOptions))
  const whole = names.every(({ fr, en }) => fr.trim() !== '' && en.trim() !== '')
  const twice = whole ? levelNameTwice(names) : null
  const type = (rank: Rank, language: 'fr' | 'en', name: string) => set({ [`${language}${rank}`]: name })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = names.map(({ fr, en }) => ({ fr: oneLine(fr), en: oneLine(en) }))
    set(partsOf(wanted))
    change.mutate(
      { names: wanted, known: [...settings.levelNames] },
      {
        onSuccess: ({ levelNames }) =>
          setting.done(text('settings.levels.done'), () =>
            undo.mutate({ names: [...levelNames], known: wanted }),
          ),
      },
    )
  }
  const wrong = twice
    ? text('settings.levels.twice', { name: twice.name })
    : change.error && changed.length === 0
      ? sentence(change.error)
      : null
  return (
    <form onSubmit={submit} className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_260px]">
      <div>
        <div className="grid grid-cols-[20px_1fr_1fr] items-center gap-x-3 gap-y-2">
          <span />
          {LANGUAGES.map((language) => (
            <span key={language} className="font-medium text-small">
              {text(`settings.levels.${language}Short`)}
            </span>
          ))}
          {RANKS.map((rank) => (
            <LevelLine key={rank} rank={rank} name={names[rank]} onType={type} />
          ))}
        </div>
        {wrong !== null && (
          <p role="alert" className="mt-2 flex items-start gap-1.5 text-danger text-small">
            <CircleAlert size={16} className="mt-0.5 flex-none" />
            {wrong}
          </p>
        )}
        <div className="mt-4 grid justify-items-start gap-4">
          <Meanwhile now={changed.map((part) => partsOf(before)[part] ?? '')} />
          <Button
            type="submit"
            disabled={
              change.isPending || !whole || twice !== null || JSON.stringify(names) === JSON.stringify(before)
            }
          >
            {text('settings.levels.save')}
          </Button>
        </div>
      </div>
      <Preview names={names} />
    </form>
  )
}

type LevelLineProps = {
  readonly rank: Rank
  readonly name: LevelName | undefined
  readonly onType: (rank: Rank, language: 'fr' | 'en', name: string) => void
}

/** One level, in both languages, beside its mark: three cells of a grid. */
export function LevelLine({ rank, name, onType }: LevelLineProps) {
  const text = useTranslations('org')
  return (
    <>
      <LevelMark rank={rank} size={20} />
      {LANGUAGES.map((language) => (
        <TextInput
          key={language}
          required
          lang={language}
          maxLength={LEVEL_NAME_MAX}
          aria-label={text(`settings.levels.${language}`, { n: rank + 1 })}
          value={name?.[language] ?? ''}
          onChange={(event) => onType(rank, language, event.target.value)}
        />
      ))}
    </>
  )
}

/** The path of a territory as the reader will see it, in his own language. */
function Preview({ names }: { names: readonly LevelName[] }) {
  const text = useTranslations('org')
  const locale = useLocale()
  return (
    <aside aria-label={text('settings.levels.preview')} className="self-start rounded-md bg-sunken p-4">
      <h3 className="font-medium text-small">{text('settings.levels.preview')}</h3>
      <ul className="mt-3 grid justify-items-start gap-2.5">
        {RANKS.map((rank) => {
          const name = names[rank]?.[locale === 'en' ? 'en' : 'fr'].trim()
          return (
            <li key={rank} style={{ paddingLeft: `${rank * 16}px` }} className="max-w-full truncate">
              <LevelLabel rank={rank}>{name || '–'}</LevelLabel>
            </li>
          )
        })}
      </ul>
      <p className="mt-3 text-caption text-ink-2">{text('settings.levels.previewNote')}</p>
    </aside>
  )
}
