import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { useForMeTexts } from '../giveback/use-for-me-texts.ts'
import { usePhone, usePhoneState } from '../phone.tsx'

const KINDS = ['read', 'exported', 'listed'] as const

/** Who used the reader's own reports, as the last exchange left it. */
export function MyReaders() {
  const text = useForMeTexts()
  const { formats } = usePhone()
  const { users } = usePhoneState().pack
  if (!users) return null
  return (
    <section aria-labelledby="readers">
      <SectionHead id="readers">{text('users.title')}</SectionHead>
      {users.length > 0 ? (
        <List>
          {users.map((user) => (
            <ListRow
              key={`${user.name}/${user.lastDay}/${user.listed}`}
              title={user.name}
              text={KINDS.filter((kind) => user[kind] > 0)
                .map((kind) => text(`users.${kind}`, { count: user[kind] }))
                .join(', ')}
              aside={formats.day(user.lastDay, 'short')}
            />
          ))}
        </List>
      ) : (
        <p className="text-ink-2 text-small">{text('users.none')}</p>
      )}
      <p className="mt-3 text-caption text-ink-2">{text('users.note')}</p>
    </section>
  )
}
