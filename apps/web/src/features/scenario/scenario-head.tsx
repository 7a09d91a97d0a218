'use client'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { PageHead } from '@fieldback/ui/page-head'
import CalendarCheck from 'lucide-react/icons/calendar-check'
import Copy from 'lucide-react/icons/copy'
import GitCompareArrows from 'lucide-react/icons/git-compare-arrows'
import MessageSquare from 'lucide-react/icons/message-square'
import Pencil from 'lucide-react/icons/pencil'
import Trash from 'lucide-react/icons/trash-2'
import Undo from 'lucide-react/icons/undo-2'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import type { ScenarioPage } from './scenario-page.ts'
import { useStates } from './use-states.ts'
import { useWords } from './use-words.ts'

/** Name, day, and what is done with a scenario as a whole. */
export function ScenarioHead({ page }: { page: ScenarioPage }) {
  const { text } = useWords()
  const levelName = useLevelName()
  const { territory } = page
  return (
    <PageHead
      crumbs={
        <Crumbs
          label={text('path')}
          renderLink={nextLink}
          items={[
            { label: text('list.title'), href: '/manage/scenarios' },
            { label: territory.name, rank: territory.rank, levelLabel: levelName(territory.rank) },
          ]}
        />
      }
      title={page.name}
      lede={<Lede {...page} />}
      actions={<Actions page={page} />}
    />
  )
}

function Lede({ state, effectiveOn, publishedAt }: ScenarioPage) {
  const { text, formats } = useWords()
  const day = effectiveOn ? formats.day(effectiveOn) : null
  if (state === 'published')
    return text('head.ledePublished', { day: publishedAt ? formats.day(formats.dayOf(publishedAt)) : '' })
  if (state === 'discarded') return text('head.ledeDiscarded')
  if (day === null) return text('head.ledeNoDay')
  return text(state === 'planned' ? 'head.ledePlanned' : 'head.ledeDay', { day })
}

function Actions({ page }: { page: ScenarioPage }) {
  const { text, formats } = useWords()
  const address = useAddress()
  const states = useStates(page)
  const { state, shared, can, effectiveOn } = page
  if (state === 'discarded' && can.copy)
    return (
      <Button icon={<Undo size={16} />} disabled={states.pending} onClick={states.restore}>
        {text('head.restore')}
      </Button>
    )
  if (!can.edit) return null
  return (
    <>
      {state === 'draft' ? (
        <Button
          icon={<MessageSquare size={16} />}
          disabled={states.pending}
          onClick={() => states.share(!shared)}
        >
          {text(shared ? 'head.unshare' : 'head.share')}
        </Button>
      ) : (
        <Button icon={<Undo size={16} />} disabled={states.pending} onClick={states.unplan}>
          {text('head.unplan')}
        </Button>
      )}
      <Button
        variant="primary"
        icon={<CalendarCheck size={16} />}
        onClick={() => address.set({ do: address.get('do') === 'plan' ? null : 'plan' }, 'push')}
      >
        {effectiveOn ? text('head.planOn', { day: formats.day(effectiveOn, 'short') }) : text('head.plan')}
      </Button>
    </>
  )
}

/** What is done more seldom, above the trees. */
export function MoreActions({ page }: { page: ScenarioPage }) {
  const { text } = useWords()
  const address = useAddress()
  const states = useStates(page)
  const show = (what: string) => address.set({ do: address.get('do') === what ? null : what }, 'push')
  return (
    <div className="flex flex-wrap gap-1">
      <Button variant="ghost" icon={<GitCompareArrows size={16} />} onClick={() => show('compare')}>
        {text('head.compare')}
      </Button>
      {page.can.copy && (
        <Button variant="ghost" icon={<Copy size={16} />} disabled={states.pending} onClick={states.copy}>
          {text('head.copy')}
        </Button>
      )}
      {page.can.edit && (
        <>
          <Button variant="ghost" icon={<Pencil size={16} />} onClick={() => show('rename')}>
            {text('head.rename')}
          </Button>
          <Button
            variant="ghost"
            icon={<Trash size={16} />}
            disabled={states.pending}
            onClick={states.discard}
          >
            {text('head.discard')}
          </Button>
        </>
      )}
    </div>
  )
}
