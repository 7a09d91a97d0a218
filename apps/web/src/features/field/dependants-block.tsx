'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'

/** Questions that hang on this one: what retiring it, or an answer of it, would change. */
export function DependantsBlock({ fieldId }: { fieldId: string }) {
  const text = useTranslations('fieldDesk')
  const label = useLabel()
  const levelName = useLevelName()
  const { data = [] } = useQuery(useTRPC().field.dependants.queryOptions({ fieldId }))
  if (data.length === 0) return null
  return (
    <Block title={text('dependants.title')} hint={text('dependants.hint')}>
      <ul className="grid gap-1.5">
        {data.map(({ fieldId: id, label: words, owner }) => (
          <li key={id} className="wrap-anywhere flex items-center gap-2">
            <LevelMark rank={owner.rank} size={16} label={levelName(owner.rank)} />
            <span>
              <TextLink href={`/manage/fields/${id}`} renderLink={nextLink}>
                {label(words)}
              </TextLink>{' '}
              <span className="text-ink-2">{owner.name}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-caption text-ink-2">{text('dependants.retiring', { count: data.length })}</p>
    </Block>
  )
}
