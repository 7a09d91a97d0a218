'use client'
import type { AppRouter } from '@fieldback/api/root'
import { standingOf } from '@fieldback/domain/territory/placement'
import { Button } from '@fieldback/ui/button'
import { Tag } from '@fieldback/ui/tag'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useToldHindrance } from '../../client/use-told-hindrance.ts'
import { useToldSteps } from '../../client/use-told-steps.ts'
import { StandingList } from './standing-list.tsx'

type Planned = inferRouterOutputs<AppRouter>['scenario']['plannedAt']['planned'][number]

/** What is planned for a territory, for who sees the scenarios of its branch; nothing where nothing is. */
export function PlannedChanges({ territoryId }: { readonly territoryId: string }) {
  const text = useTranslations('scenario')
  const trpc = useTRPC()
  const enabled = useMay()('scenario.read')
  const found = useQuery({ ...trpc.scenario.plannedAt.queryOptions({ territoryId }), enabled })
  if (!found.data || found.data.planned.length === 0) return null
  return (
    <section
      aria-labelledby="planned-changes"
      className="flex items-start gap-4 rounded-md bg-sunken px-4 pt-4 pb-2 text-small"
    >
      <CalendarClock size={20} className="mt-0.5 flex-none text-ink-2" />
      <div className="min-w-0 flex-1">
        <h2 id="planned-changes" className="text-lead">
          {text('planned.title')}
        </h2>
        <ul className="divide-y divide-line">
          {found.data.planned.map((change) => (
            <Line key={change.id} change={change} territoryId={territoryId} />
          ))}
        </ul>
        {found.data.more && (
          <TextLink href="/manage/scenarios" renderLink={nextLink}>
            {text('planned.more')}
          </TextLink>
        )}
      </div>
    </section>
  )
}

type LineProps = { readonly change: Planned; readonly territoryId: string }

function Line({ change, territoryId }: LineProps) {
  const text = useTranslations('scenario')
  const formats = useFormats()
  const tell = useToldSteps()
  const giving = useGivingUp(change)
  const what = change.told.map(tell).filter((told) => told !== '')
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <span className="min-w-0 flex-1 basis-60">
        {text('planned.on', { day: formats.day(change.day), what: what.join(', ') || change.name })}{' '}
        {change.failed && <Tag tone="line">{text('planned.failed')}</Tag>}
      </span>
      <span className="flex flex-wrap items-center gap-2">
        <TextLink href={`/manage/scenarios/${change.id}`} renderLink={nextLink}>
          {text('planned.open')}
        </TextLink>
        {change.cancels && (
          <Button
            variant="ghost"
            aria-label={text('planned.cancelOf', { name: change.name })}
            disabled={giving.pending}
            onClick={giving.up}
          >
            {text('planned.cancel')}
          </Button>
        )}
      </span>
      <Hindrances change={change} territoryId={territoryId} said={what} />
    </li>
  )
}

/** What would keep it from being applied as things stand; what stands on this territory, with where it is moved away. */
function Hindrances({ change, territoryId, said }: LineProps & { readonly said: readonly string[] }) {
  const text = useTranslations('scenario')
  const tell = useToldSteps()
  const told = useToldHindrance()
  // Accounts and questions are passed on elsewhere: whoever comes back reads what is left.
  const asked = useTRPC().scenario.hindrances.queryOptions({ scenarioId: change.id }, { staleTime: 0 })
  const found = useQuery(asked).data
  if (!found) return null
  if (found.hindrances.length === 0) return change.failed && <Again change={change} />
  return (
    <ul className="grid basis-full gap-2 pb-1">
      {found.hindrances.map((hindrance) => {
        const what = tell(hindrance.told)
        const standing = standingOf(hindrance.fault)
        const isHere = standing?.territoryId === territoryId
        const why = isHere ? text('planned.standsHere') : told(hindrance)
        return (
          <li key={`${what} ${why}`} className="grid gap-1.5">
            <span className="flex items-start gap-1.5">
              <CircleAlert size={16} className="mt-0.5 flex-none text-ink-2" />
              {what === '' || said.includes(what) ? why : text('hindrance.line', { what, why })}
            </span>
            {isHere && (
              <div className="pl-5.5">
                <StandingList territoryId={territoryId} here={standing.here} />
              </div>
            )}
          </li>
        )
      })}
      {found.more > 0 && (
        <li className="pl-5.5 text-ink-2">{text('hindrance.more', { count: found.more })}</li>
      )}
    </ul>
  )
}

/** It failed on its day for what is no longer so. */
function Again({ change }: { readonly change: Planned }) {
  const text = useTranslations('scenario')
  return (
    <p className="basis-full pb-1">
      {text('planned.clear')}{' '}
      <TextLink href={`/manage/scenarios/${change.id}?do=plan`} renderLink={nextLink}>
        {text('planned.again')}
      </TextLink>
    </p>
  )
}

/** Gives a planned change up; for a moment it can be planned again as it was. */
function useGivingUp({ id: scenarioId, name, day, version }: Planned) {
  const text = useTranslations('scenario')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const told = {
    onSettled: () => client.invalidateQueries(trpc.scenario.pathFilter()),
    onError: (error: unknown) => toast({ text: sentence(error), failed: true as const }),
  }
  const discard = useMutation(trpc.scenario.discard.mutationOptions(told))
  const plan = useMutation(trpc.scenario.plan.mutationOptions(told))
  // Given up, taken up again: two versions later, unless somebody else has changed it.
  const restore = async () => {
    await discard.mutateAsync({ scenarioId, discarded: false })
    await plan.mutateAsync({ scenarioId, day, known: version + 2 })
  }
  const up = async () => {
    await discard.mutateAsync({ scenarioId, discarded: true })
    toast({
      text: text('planned.cancelled', { name }),
      undo: { label: common('cancel'), onUndo: () => quietly(restore()) },
    })
  }
  // Awaited rather than called back: the line is gone from the page by then. What fails is told above.
  const quietly = (work: Promise<void>): void => void work.catch(() => undefined)
  return { pending: discard.isPending || plan.isPending, up: () => quietly(up()) }
}
