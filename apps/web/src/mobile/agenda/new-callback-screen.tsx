'use client'
import { addDays } from '@fieldback/domain/agenda/day'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { TextArea } from '@fieldback/ui/text-area'
import { TextInput } from '@fieldback/ui/text-input'
import Store from 'lucide-react/icons/store'
import { contactName } from '../account/reach.ts'
import { useAccountTexts } from '../account/use-account-texts.ts'
import { useKeptForm } from '../account/use-kept-form.ts'
import { useSave } from '../account/use-save.ts'
import { newId } from '../data/new-id.ts'
import { followedOn } from '../giveback/followed.ts'
import { recordGivebacks } from '../giveback/record.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink, useRouter } from '../router.tsx'

/** Days ahead that are one tap away. */
const DAYS = { tomorrow: 1, threeDays: 3, week: 7 } as const
type DayChoice = keyof typeof DAYS | 'other'

type Form = { contactId: string; choice: DayChoice; day: string; reason: string }

const ACCOUNT = 'account'

/** Who to call back, when, and why: three taps and a word. */
export default function NewCallbackScreen({ accountId }: { accountId: string }) {
  const text = useAccountTexts()
  const { rows } = usePhoneState()
  const account = rows.accounts.get(accountId)
  if (account) return <CallbackForm key={accountId} account={account} />
  return (
    <InnerFrame title={text('callback.title')}>
      <Card>
        <Empty
          icon={<Store size={28} />}
          title={text('callback.unknown')}
          action={
            <Button href={paths.accounts} renderLink={phoneLink}>
              {text('card.toAccounts')}
            </Button>
          }
        />
      </Card>
    </InnerFrame>
  )
}

function CallbackForm({ account }: { account: AccountRow }) {
  const { store, texts, formats } = usePhone()
  const state = usePhoneState()
  const { rows } = state
  const router = useRouter()
  const save = useSave()
  const text = useAccountTexts()
  const contacts = [...rows.contacts.values()].filter(({ accountId }) => accountId === account.id)
  const today = todayHere()
  const { form, change, drop } = useKeptForm<Form>(`callback/${account.id}`, {
    contactId: contacts[0]?.id ?? ACCOUNT,
    choice: 'tomorrow',
    day: addDays(today, 14),
    reason: '',
  })
  const dueDay = form.choice === 'other' ? form.day || addDays(today, 1) : addDays(today, DAYS[form.choice])
  const keep = async () => {
    const contactId = contacts.some(({ id }) => id === form.contactId) ? form.contactId : null
    const reason = form.reason.trim() || text('callback.noReason')
    const body = { accountId: account.id, contactId, dueDay, reason }
    const said = text('callback.saved', { day: formats.day(dueDay, 'weekday') })
    if (!(await save([{ kind: 'callback.set', entityId: newId(), base: 0, body }], said))) return
    recordGivebacks(store, followedOn(state, account.id), 'acted')
    drop()
    router.back()
  }
  return (
    <InnerFrame
      title={text('callback.title')}
      sub={[account.name, account.city].filter(Boolean).join(', ')}
      bottom={
        <StickyBar note={text('callback.note', { day: formats.day(dueDay, 'weekday') })}>
          <Button variant="primary" big onClick={keep}>
            {texts('common')('save')}
          </Button>
        </StickyBar>
      }
    >
      <section>
        <SectionHead id="who">{text('callback.who')}</SectionHead>
        <ChipGroup
          labelledBy="who"
          options={[
            ...contacts.map((contact) => ({ value: contact.id, label: contactName(contact) })),
            { value: ACCOUNT, label: text('callback.noOne') },
          ]}
          value={[form.contactId]}
          onChange={([next]) => change({ contactId: next ?? ACCOUNT })}
        />
      </section>
      <section>
        <SectionHead id="when">{text('callback.when')}</SectionHead>
        <ChipGroup
          labelledBy="when"
          options={[
            { value: 'tomorrow', label: text('callback.tomorrow') },
            { value: 'threeDays', label: text('callback.threeDays') },
            { value: 'week', label: text('callback.week') },
            { value: 'other', label: text('callback.other') },
          ]}
          value={[form.choice]}
          onChange={([next]) => change({ choice: (next as DayChoice | undefined) ?? form.choice })}
        />
        {form.choice === 'other' && (
          <TextInput
            type="date"
            className="mt-3"
            aria-label={text('callback.other')}
            min={today}
            value={form.day}
            onChange={(event) => change({ day: event.target.value })}
          />
        )}
      </section>
      <section>
        <SectionHead id="why">{text('callback.why')}</SectionHead>
        <TextArea
          aria-labelledby="why"
          placeholder={text('callback.whyExample')}
          maxLength={300}
          value={form.reason}
          onChange={(event) => change({ reason: event.target.value })}
        />
      </section>
    </InnerFrame>
  )
}
