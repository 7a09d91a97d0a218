'use client'
import type { SectorView } from '@fieldback/domain/territory/after-asks'
import { Button } from '@fieldback/ui/button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { usePhone } from '../phone.tsx'
import type { AskLine } from './own-sectors.ts'
import { useAsk } from './use-ask.ts'
import { useSectorTexts } from './use-sector-texts.ts'

type AskedListProps = {
  lines: readonly AskLine[]
  sectors: readonly SectorView[]
  territoryId: string
}

/** What was asked of the sub-sectors, what became of it, and the way back. */
export function AskedList({ lines, sectors, territoryId }: AskedListProps) {
  const text = useSectorTexts()
  const { formats } = usePhone()
  const ask = useAsk(territoryId)
  if (lines.length === 0) return null
  const own = new Set(sectors.filter(({ made }) => made).map(({ id }) => id))
  const undoing = new Set(
    lines.filter(({ of, state }) => of === 'undo' && state !== 'done').map(({ sectorId }) => sectorId),
  )
  return (
    <section aria-labelledby="asked">
      <SectionHead id="asked">{text('asked.title')}</SectionHead>
      <List>
        {lines.map((line) => (
          <ListRow
            key={line.id}
            title={text(`asked.${line.of}`, { name: line.name })}
            text={
              <>
                <Outcome line={line} />{' '}
                {text('asked.who', {
                  by: line.own ? text('asked.you') : line.by,
                  day: formats.day(formats.dayOf(line.at), 'short'),
                })}
              </>
            }
            action={
              mayUndo(line) &&
              (own.has(line.sectorId) || line.of === 'dissolve') &&
              !undoing.has(line.sectorId) && (
                <Button
                  variant="ghost"
                  aria-label={text('of', {
                    name: text('undo'),
                    what: text(`asked.${line.of}`, { name: line.name }),
                  })}
                  onClick={() => ask(line.sectorId, { of: 'undo', ask: line.id }, text('undone'))}
                >
                  {text('undo')}
                </Button>
              )
            }
          />
        ))}
      </List>
    </section>
  )
}

/** What waits is taken back as well: the one follows the other. */
const mayUndo = ({ of, state, undone }: AskLine): boolean =>
  of !== 'undo' && !undone && (state === 'done' || state === 'phone')

function Outcome({ line: { state, code, moved, kept, undone } }: { line: AskLine }) {
  const text = useSectorTexts()
  if (undone) return text('asked.undone')
  if (state === 'refused') return text(`asked.${code ?? 'UNAVAILABLE'}`)
  if (state !== 'done') return text(`asked.${state}`)
  return (
    <>
      {text('asked.done', { moved })} {kept > 0 && text('asked.kept', { count: kept })}
    </>
  )
}
