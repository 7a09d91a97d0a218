'use client'
import type { AppRouter } from '@fieldback/api/root'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import type { Assignment } from './assignment.ts'
import { useAssignmentColumns } from './assignment-columns.tsx'
import { ReplaceForm } from './replace-form.tsx'
import { ReplacementList } from './replacement-list.tsx'

type PersonPlaces = inferRouterOutputs<AppRouter>['assignment']['ofPerson']
type PersonScreenProps = { readonly membershipId: string; readonly initial: PersonPlaces }

const TIMES = ['now', 'later', 'past'] as const

/** All that one person holds, held and will hold in the reader's territories. */
export function PersonScreen({ membershipId, initial }: PersonScreenProps) {
  const text = useTranslations('assignment')
  const { day } = useMember()
  const address = useAddress()
  const person = useQuery({
    ...useTRPC().assignment.ofPerson.queryOptions({ membershipId }),
    initialData: initial,
  }).data
  const replacing = address.get('do') === 'replace'
  const of = (time: (typeof TIMES)[number]) => person.assignments.filter((line) => timeOf(line, day) === time)
  return (
    <>
      <PageHead
        title={text('person.title', { name: person.displayName })}
        lede={text('person.lede')}
        actions={
          !replacing && (
            <Button
              icon={<UserRoundCheck size={16} />}
              onClick={() => address.set({ do: 'replace' }, 'push')}
            >
              {text('replace')}
            </Button>
          )
        }
      />
      {replacing && <ReplaceForm absentId={membershipId} onClose={() => address.set({ do: null })} />}
      {person.replacements.length > 0 && (
        <section aria-labelledby="replacements">
          <SectionHead id="replacements">{text('replacements.title')}</SectionHead>
          <ReplacementList replacements={person.replacements} />
        </section>
      )}
      {TIMES.filter((time) => time === 'now' || of(time).length > 0).map((time) => (
        <Lines key={time} time={time} lines={of(time)} />
      ))}
      {person.more && <p className="text-ink-2">{text('person.more')}</p>}
    </>
  )
}

const timeOf = ({ validFrom, validTo }: Assignment, day: string): (typeof TIMES)[number] => {
  if (validFrom > day) return 'later'
  return validTo !== null && validTo < day ? 'past' : 'now'
}

function Lines({ time, lines }: { time: (typeof TIMES)[number]; lines: readonly Assignment[] }) {
  const text = useTranslations('assignment')
  const { place, role, days } = useAssignmentColumns()
  return (
    <section aria-labelledby={time}>
      <SectionHead id={time}>{text(`person.${time}`)}</SectionHead>
      <DataTable
        caption={text(`person.${time}`)}
        columns={[place, role, days]}
        rows={lines}
        rowKey={(line) => line.id}
        empty={<Empty title={text('person.none')} />}
      />
    </section>
  )
}
