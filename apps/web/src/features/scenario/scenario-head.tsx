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
  const { state, shared, mine, can, effectiveOn } = page
  const show = (what: string) => address.set({ do: address.get('do') === what ? null : what }, 'push')
  const settled = state === 'published' || state === 'discarded'
  return (
    <>
      <Button icon={<GitCompareArrows size={16} />} onClick={() => show('compare')}>
        {text('head.compare')}
      </Button>
      {(can.edit || settled) && (
        <Button icon={<Copy size={16} />} disabled={states.pending} onClick={states.copy}>
          {text('head.copy')}
        </Button>
      )}
      {can.edit && (
        <>
          <Button icon={<Pencil size={16} />} onClick={() => show('rename')}>
            {text('head.rename')}
          </Button>
          <Button icon={<Trash size={16} />} disabled={states.pending} onClick={states.discard}>
            {text('head.discard')}
          </Button>
          {state === 'draft' && (mine || shared) && (
            <Button
              icon={<MessageSquare size={16} />}
              aria-pressed={shared}
              disabled={states.pending}
              onClick={() => states.share(!shared)}
            >
              {text(shared ? 'head.unshare' : 'head.share')}
            </Button>
          )}
          {state === 'planned' && (
            <Button icon={<Undo size={16} />} disabled={states.pending} onClick={states.unplan}>
              {text('head.unplan')}
            </Button>
          )}
          <Button variant="primary" icon={<CalendarCheck size={16} />} onClick={() => show('plan')}>
            {effectiveOn
              ? text('head.planOn', { day: formats.day(effectiveOn, 'short') })
              : text('head.plan')}
          </Button>
        </>
      )}
      {state === 'discarded' && (
        <Button icon={<Undo size={16} />} disabled={states.pending} onClick={states.restore}>
          {text('head.restore')}
        </Button>
      )}
    </>
  )
}
