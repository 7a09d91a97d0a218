'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Stats } from '@fieldback/ui/stats'
import { StrataBar } from '@fieldback/ui/strata-bar'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { longestOwners, secondsOf } from './asked.ts'
import { Block } from './block.tsx'

export type AffectedBlockProps = {
  readonly territory: { readonly id: string; readonly rank: Rank }
  readonly entity: FieldEntity
  readonly told: inferRouterOutputs<AppRouter>['field']['affected'] | undefined
  /** The question is asked there already. */
  readonly asked: boolean
}

/** Who will be asked, and what it costs them: seconds measured on answers of the same type, or assumed and said so. */
export function AffectedBlock({ territory, entity, told, asked }: AffectedBlockProps) {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const list = useQuery(useTRPC().field.list.queryOptions({ territoryId: territory.id }))
  if (!told) return null
  const { affected, cost } = told
  const before = list.data?.longest.seconds ?? 0
  const seconds = formats.number(cost.seconds === 0 ? 0 : Math.max(1, cost.seconds))
  const perReport = entity === 'report'
  const monthly = cost.seconds * (perReport ? affected.reportsPerMonth : affected.metPerMonth)
  const items = [
    {
      term: text('affected.reps'),
      value: formats.number(affected.reps),
      note: text('affected.territories', { count: affected.territories }),
    },
    {
      term: text(`affected.per.${entity}`),
      value: asked ? seconds : `+ ${seconds}`,
      unit: text('affected.seconds'),
      note: asked ? text('affected.already') : perReport ? beforeAfter() : text('affected.once'),
    },
    {
      term: text('affected.team'),
      value: formats.duration(monthly),
      unit: text('affected.perMonth'),
      note: text(perReport ? 'affected.reports' : 'affected.met', {
        count: formats.number(perReport ? affected.reportsPerMonth : affected.metPerMonth),
      }),
    },
    {
      term: text('affected.accounts'),
      value: formats.number(entity === 'contact' ? affected.contacts : affected.accounts),
      note: text(entity === 'contact' ? 'affected.ofContacts' : 'affected.ofAccounts'),
    },
  ]
  const segments = [
    ...longestOwners(list.data ?? NOTHING).map((owner) => ({
      rank: owner.territory.rank,
      weight: secondsOf(owner),
    })),
    ...(asked ? [] : [{ rank: territory.rank, weight: cost.seconds, added: true }]),
  ]
  return (
    <Block title={text('affected.title')} hint={text('affected.hint')}>
      <Stats items={items} />
      <div className="mt-4">
        <StrataBar
          segments={segments}
          label={text('affected.strata', { before: formats.number(before), added: asked ? '0' : seconds })}
        />
      </div>
      <p className="mt-3 text-caption text-ink-2">
        {text(cost.measured ? 'affected.measured' : 'affected.assumed')}
        {affected.basis && ` ${text('affected.expected')}`}
      </p>
    </Block>
  )

  function beforeAfter(): string {
    return text('affected.beforeAfter', {
      before: formats.number(before),
      after: formats.number(before + cost.seconds),
    })
  }
}

const NOTHING = { owners: [], longestPath: [] }
