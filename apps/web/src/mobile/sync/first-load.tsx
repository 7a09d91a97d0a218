'use client'
import { Notice } from '@fieldback/ui/notice'
import { Progress } from '@fieldback/ui/progress'
import Download from 'lucide-react/icons/download'
import { usePhone, usePhoneState } from '../phone.tsx'

/** Rows are shown as they arrive, the day's first; this says that more are on their way, or wait for the network. */
export function FirstLoad() {
  const { texts } = usePhone()
  const { complete, sync, rows, total } = usePhoneState()
  const text = texts('agenda')
  if (complete || sync === 'signed-out' || sync === 'outdated') return null
  const held = rows.accounts.size + rows.contacts.size + rows.reports.size
  const title = text(total === null ? 'load.title' : 'load.day')
  return (
    <div className="grid gap-2">
      <Notice tone="quiet" icon={<Download size={18} />} title={title} live>
        {text(sync === 'offline' ? 'load.waiting' : 'load.arriving', { count: rows.accounts.size })}
      </Notice>
      {total !== null && <Progress label={title} done={held} total={total} />}
    </div>
  )
}
