'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { StrataBar } from '@fieldback/ui/strata-bar'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { type Asked, longestOwners, secondsOf } from './asked.ts'
import { AskedTable } from './asked-table.tsx'

/** "Ce qu'un compte rendu demande ici": the questions on the way to the place where most is asked. */
export function AskedSection({ territoryId }: { territoryId: string }) {
  const page = useQuery(useTRPC().territory.get.queryOptions({ territoryId }))
  if (!page.data) return null
  return <AskedHere asked={page.data.asked} territoryId={territoryId} canDefine={page.data.can.define} />
}

type AskedHereProps = { readonly asked: Asked; readonly territoryId: string; readonly canDefine: boolean }

function AskedHere({ asked, territoryId, canDefine }: AskedHereProps) {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const owners = longestOwners(asked)
  const elsewhere = asked.owners.length + asked.rest.owners - owners.length
  return (
    <section aria-labelledby="asked">
      <SectionHead
        id="asked"
        aside={
          asked.longest.questions > 0 &&
          text(asked.longest.id === territoryId ? 'asked.here' : 'asked.longest', {
            place: asked.longest.name,
            count: asked.longest.questions,
            seconds: formats.number(asked.longest.seconds),
          })
        }
      >
        {text('asked.title')}
      </SectionHead>
      {owners.length === 0 ? (
        <Empty
          title={text('asked.none')}
          text={text('asked.noneNext')}
          action={
            canDefine && (
              <Button href={`/manage/fields/new?at=${territoryId}`} renderLink={nextLink}>
                {text('asked.add')}
              </Button>
            )
          }
        />
      ) : (
        <>
          <Strata asked={asked} />
          <div className="mt-3">
            <AskedTable
              owners={owners}
              caption={text('asked.caption')}
              at={{ territoryId, canDefine: asked.canDefine }}
            />
          </div>
          <p className="mt-3 text-caption text-ink-2">{text('asked.core')}</p>
        </>
      )}
      {elsewhere > 0 && (
        <p className="mt-2">
          <TextLink href={`/manage/fields?at=${territoryId}`} renderLink={nextLink}>
            {text('asked.elsewhere', { count: elsewhere })}
          </TextLink>
        </p>
      )}
    </section>
  )
}

/** Seconds by level on the longest form, drawn and said. */
function Strata({ asked }: { asked: Asked }) {
  const text = useTranslations('fieldDesk')
  const levelName = useLevelName()
  const formats = useFormats()
  const segments = longestOwners(asked).map((owner) => ({
    rank: owner.territory.rank,
    weight: secondsOf(owner),
  }))
  const said = segments.map(({ rank, weight }) =>
    text('asked.strataPart', { level: levelName(rank), seconds: formats.number(weight) }),
  )
  return <StrataBar segments={segments} label={formats.list(said)} />
}
