'use client'
import { Notice } from '@fieldback/ui/notice'
import Download from 'lucide-react/icons/download'
import { usePhone, usePhoneState } from '../phone.tsx'

/** Rows are shown as they arrive, the day's first; this says how far they are, or that they wait for the network. */
export function FirstLoad() {
  const { texts, formats } = usePhone()
  const { complete, sync, rows, total } = usePhoneState()
  const text = texts('agenda')
  if (complete || sync === 'signed-out' || sync === 'outdated') return null
  const held = rows.accounts.size + rows.contacts.size + rows.reports.size
  // What changed meanwhile came on top.
  const percent = total === null ? null : formats.percent(Math.min(held / total, 0.99))
  return (
    <Notice
      tone="quiet"
      icon={<Download size={18} />}
      title={percent === null ? text('load.title') : text('load.day', { percent })}
      live
    >
      {text(sync === 'offline' ? 'load.waiting' : 'load.arriving', { count: rows.accounts.size })}
    </Notice>
  )
}
