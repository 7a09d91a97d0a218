'use client'
import { Button } from '@fieldback/ui/button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import Download from 'lucide-react/icons/download'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { saveFile } from '../sync/save-file.ts'
import { useOutboxTexts } from '../sync/use-outbox-texts.ts'
import type { Photo } from './photo-store.ts'
import { useMediaTexts, usePhotos, useWaitingPhotos } from './use-photos.ts'
import type { NamedPhoto } from './waiting-photos.ts'

/** Photos that have not left yet, report by report, and those that the server cannot open; nothing when there are none. */
export function WaitingPhotoList() {
  const text = useMediaTexts()
  const { tooMany } = usePhotos().state
  const { waiting, refused } = useWaitingPhotos()
  const held = waiting.every(({ name }) => name.state !== 'accepted')
  return (
    <>
      {waiting.length > 0 && (
        <section>
          <OutboxHead
            kind="phone"
            title={text('outbox.title', { count: waiting.length })}
            text={
              tooMany
                ? text('outbox.tooMany')
                : held
                  ? text('outbox.withReport', { count: waiting.length })
                  : text('outbox.text')
            }
          />
          <Reports named={waiting} />
        </section>
      )}
      {refused.length > 0 && (
        <section>
          <OutboxHead
            kind="todo"
            title={text('outbox.refused', { count: refused.length })}
            text={text('outbox.refusedText')}
          />
          <Reports named={refused} />
          <Save photos={refused.map(({ photo }) => photo)} />
        </section>
      )}
    </>
  )
}

function Reports({ named }: { named: readonly NamedPhoto[] }) {
  const { texts, formats } = usePhone()
  const { rows } = usePhoneState()
  const outboxText = useOutboxTexts()
  const { sending } = usePhotos().state
  const reports = [...new Set(named.map(({ name }) => name.reportId))]
  return (
    <List>
      {reports.map((id) => {
        const photos = named.filter(({ name }) => name.reportId === id)
        const report = rows.reports.get(id)
        const moving = photos.find(({ photo }) => photo.id === sending?.id)?.photo
        return (
          <ListRow
            key={id}
            title={rows.accounts.get(report?.accountId ?? '')?.name ?? outboxText('work.unknownAccount')}
            text={texts('field')('answer.photos', { count: photos.length })}
            {...(moving && sending ? { aside: formats.percent(sending.sent / moving.bytes) } : {})}
            {...(report ? { href: paths.report(id), renderLink: phoneLink } : {})}
          />
        )
      })}
    </List>
  )
}

/** What the server cannot open may still be worth keeping elsewhere. */
function Save({ photos }: { photos: readonly Photo[] }) {
  const text = useMediaTexts()
  const { read } = usePhotos()
  return photos.map(({ id }, at) => (
    <Button
      key={id}
      variant="ghost"
      icon={<Download size={18} />}
      onClick={() =>
        void read(id).then((bytes) => bytes && saveFile(`photo-${at + 1}.jpg`, bytes, 'image/jpeg'))
      }
    >
      {text('outbox.save', { at: at + 1 })}
    </Button>
  ))
}
