'use client'
import { nameKey } from '@fieldback/domain/account/normalise'
import { toCsv } from '@fieldback/domain/export/csv'
import {
  isReachable,
  mailMergeRows,
  SEGMENT_COLUMNS,
  type SegmentColumn,
  type SegmentRow,
  segmentCsv,
} from '@fieldback/domain/giveback/segment'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { IconButton } from '@fieldback/ui/icon-button'
import { LevelLabel } from '@fieldback/ui/level-label'
import { List } from '@fieldback/ui/list'
import { SectionHead } from '@fieldback/ui/section-head'
import FileDown from 'lucide-react/icons/file-down'
import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import Phone from 'lucide-react/icons/phone'
import Users from 'lucide-react/icons/users'
import { useEffect, useMemo, useState } from 'react'
import { mailHref, smsHref, telHref } from '../account/reach.ts'
import { useAccountTexts } from '../account/use-account-texts.ts'
import { heldRows } from '../data/held-rows.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink } from '../router.tsx'
import { saveFile } from '../sync/save-file.ts'
import { JudgeReturn } from './judge.tsx'
import { knownFields } from './known-fields.ts'
import { useUsed } from './record.ts'
import { type SectorSegment, segmentsOf } from './sector-returns.ts'
import { useSegmentTexts } from './use-segment-texts.ts'

const ROWS = 50

/** Who belongs to a list the reader's questions made, and how to write to them. */
export default function SegmentScreen({ fieldId, index }: { fieldId: string; index: number }) {
  const text = useSegmentTexts()
  const state = usePhoneState()
  const found = useMemo(() => {
    const fields = knownFields(state.frame).filter(({ id }) => id === fieldId)
    return segmentsOf({ fields, rows: heldRows(state) }).find((segment) => segment.index === index) ?? null
  }, [state, fieldId, index])
  if (found) return <SegmentList found={found} />
  return (
    <InnerFrame title={text('unknown')}>
      <Card>
        <Empty
          icon={<Users size={28} />}
          title={text('unknown')}
          text={text('unknownText')}
          action={
            <Button href={paths.me} renderLink={phoneLink}>
              {text('toMe')}
            </Button>
          }
        />
      </Card>
    </InnerFrame>
  )
}

function SegmentList({ found: { field, giveback, segment } }: { found: SectorSegment }) {
  const text = useSegmentTexts()
  const label = useLabel()
  const onUse = useSegmentUse(field.id)
  const { complete } = usePhoneState()
  const reachable = segment.rows.filter(isReachable)
  const others = segment.rows.filter((row) => !isReachable(row))
  const holder = field.entity === 'contact' ? 'contact' : 'account'
  return (
    <InnerFrame
      title={label(giveback.label)}
      sub={text('count', {
        yes: segment.yes,
        answered: segment.answered,
        reachable: segment.reachable,
      })}
    >
      <div className="-mt-2">
        <LevelLabel rank={field.owner.rank}>{field.owner.name}</LevelLabel>
      </div>
      {segment.yes === 0 ? (
        <Card>
          <Empty
            icon={<Users size={28} />}
            title={text('empty')}
            text={text('emptyText', {
              field: label(field.spec.label),
              count: segment.unanswered,
              holder,
            })}
            action={
              <Button variant="primary" href={paths.accounts} renderLink={phoneLink}>
                {text('toAccounts')}
              </Button>
            }
          />
        </Card>
      ) : (
        <>
          {/* A file of those who have come so far would pass for all. */}
          {reachable.length > 0 && complete && (
            <Files title={label(giveback.label)} members={segment.rows} onUse={onUse} />
          )}
          <JudgeReturn fieldId={field.id} kind="segment" />
          <Members title={text('reachable')} rows={reachable} onUse={onUse} />
          <Members title={text('others')} rows={others} onUse={onUse} />
          {segment.unanswered > 0 && (
            <p className="text-ink-2 text-small">
              {text('unanswered', { count: segment.unanswered, holder })}
            </p>
          )}
        </>
      )}
    </InnerFrame>
  )
}

/** Opening the list, then writing, calling or exporting from it: each counts once a day. */
function useSegmentUse(fieldId: string): () => void {
  const used = useUsed()
  const segment = { fieldId, kind: 'segment', accountId: null } as const
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the list that is opened.
  useEffect(() => used(segment), [fieldId])
  return () => used(segment, 'acted')
}

type FilesProps = { title: string; members: readonly SegmentRow[]; onUse: () => void }

/** The list as a table to keep, and as the source of a mail merge; only those who may be written to. */
function Files({ title, members, onUse }: FilesProps) {
  const { formats, locale } = usePhone()
  const text = useSegmentTexts()
  // As numbers are read aloud: a leading + would be guarded against formulas.
  const rows = members.map((row) => ({
    ...row,
    phone: row.phone && formats.phone(row.phone).replaceAll('\u00a0', ' '),
  }))
  const labels = Object.fromEntries(
    SEGMENT_COLUMNS.map((column) => [column, text(`column.${column}`)]),
  ) as Record<SegmentColumn, string>
  const name = nameKey(title).replaceAll(' ', '-')
  const withEmail = rows.filter((row) => isReachable(row) && row.email !== null).length
  const save = (file: string, csv: string) => {
    saveFile(`${file}.csv`, csv, 'text/csv')
    onUse()
  }
  return (
    <section aria-labelledby="files">
      <SectionHead id="files">{text('files')}</SectionHead>
      <div className="flex flex-wrap gap-2">
        <Button icon={<FileDown size={18} />} onClick={() => save(name, segmentCsv(rows, labels, locale))}>
          {text('csv', { count: rows.filter(isReachable).length })}
        </Button>
        {withEmail > 0 && (
          <Button
            icon={<Mail size={18} />}
            onClick={() => save(`${name}-${text('mergeName')}`, toCsv(mailMergeRows(rows, labels), locale))}
          >
            {text('merge', { count: withEmail })}
          </Button>
        )}
      </div>
      <p className="mt-2 text-ink-2 text-small">{text('filesText')}</p>
    </section>
  )
}

type MembersProps = { title: string; rows: readonly SegmentRow[]; onUse: () => void }

function Members({ title, rows, onUse }: MembersProps) {
  const { formats } = usePhone()
  const account = useAccountTexts()
  const [shown, setShown] = useState(ROWS)
  if (rows.length === 0) return null
  const rest = rows.length - shown
  return (
    <section aria-label={title}>
      <SectionHead aside={formats.number(rows.length)}>{title}</SectionHead>
      <List>
        {rows.slice(0, shown).map((row) => (
          <Member key={row.contactId ?? row.accountId} row={row} onUse={onUse} />
        ))}
      </List>
      {rest > 0 && (
        <Button variant="ghost" className="mt-2" onClick={() => setShown(shown + ROWS)}>
          {account('list.more', { count: Math.min(rest, ROWS), rest: formats.number(rest) })}
        </Button>
      )}
    </section>
  )
}

/** One member: the name opens the card; mail, message and call where there is something to reach. */
function Member({ row, onUse }: { row: SegmentRow; onUse: () => void }) {
  const { texts } = usePhone()
  const text = useSegmentTexts()
  const person = `${row.firstName} ${row.lastName}`.trim()
  const name = person || row.accountName
  const why = row.optedOut ? text('optedOut') : isReachable(row) ? null : text('noReach')
  const lines = [person ? row.accountName : null, row.city, why].filter(Boolean).join(', ')
  return (
    <li className="flex min-h-18 items-center gap-1 pr-3">
      {phoneLink({
        href: row.contactId === null ? paths.account(row.accountId) : paths.contact(row.contactId),
        className: 'min-w-0 flex-1 py-3 pl-5 focus-visible:-outline-offset-2',
        children: (
          <>
            <b className="block leading-6">{name}</b>
            <span className="block text-ink-2 text-small">{lines}</span>
          </>
        ),
      })}
      {!row.optedOut && row.email !== null && (
        <IconButton
          href={mailHref(row.email)}
          onClick={onUse}
          label={text('mail', { name })}
          icon={<Mail size={20} />}
          tone="accent"
        />
      )}
      {!row.optedOut && row.phone !== null && (
        <>
          <IconButton
            href={smsHref(row.phone)}
            onClick={onUse}
            label={text('sms', { name })}
            icon={<MessageSquare size={20} />}
          />
          <IconButton
            href={telHref(row.phone)}
            onClick={onUse}
            label={texts('agenda')('call', { name })}
            icon={<Phone size={20} />}
          />
        </>
      )}
    </li>
  )
}
