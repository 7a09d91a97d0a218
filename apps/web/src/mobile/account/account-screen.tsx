'use client'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { LevelBadge } from '@fieldback/ui/level-badge'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { Tag } from '@fieldback/ui/tag'
import PhoneCall from 'lucide-react/icons/phone-call'
import SquarePen from 'lucide-react/icons/square-pen'
import Store from 'lucide-react/icons/store'
import { useMemo, useState } from 'react'
import { useMarkLabel } from '../agenda/visit-reason.tsx'
import { newDraftId } from '../data/draft.ts'
import { useBadgeText } from '../giveback/badge-text.ts'
import { useShown } from '../giveback/record.ts'
import { HandoverBrief } from '../handover/brief.tsx'
import { PassingNote } from '../handover/passing-note.tsx'
import { AccountObjectives } from '../objective/account-objectives.tsx'
import { todayHere, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink } from '../router.tsx'
import { FirstLoad } from '../sync/first-load.tsx'
import { AccountDetails } from './account-details.tsx'
import { AccountEdit } from './account-edit.tsx'
import { type AccountCard, cardOf } from './card-of.ts'
import { ContactList } from './contact-list.tsx'
import { KnowList } from './know-list.tsx'
import { PastReports } from './past-reports.tsx'
import { useAccountTexts } from './use-account-texts.ts'

/** What to know before going in, and who to ask for. */
export default function AccountScreen({ accountId }: { accountId: string }) {
  return <AccountPage key={accountId} accountId={accountId} />
}

function AccountPage({ accountId }: { accountId: string }) {
  const text = useAccountTexts()
  const state = usePhoneState()
  const today = todayHere()
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const card = useMemo(() => cardOf(state, accountId, today), [state.rows, accountId, today])
  const [editing, setEditing] = useState(false)
  if (!card) return <UnknownAccount />
  const edit = (on: boolean) => {
    setEditing(on)
    scrollTo(0, 0)
  }
  if (editing) return <AccountEdit card={card} onDone={() => edit(false)} />
  const { account } = card
  const draft = state.drafts.has(newDraftId(accountId))
  const kind = text(account.kind === 'prospect' ? 'card.prospect' : 'card.client')
  return (
    <InnerFrame
      title={account.name}
      sub={[account.activity, account.city, kind].filter(Boolean).join(', ')}
      bottom={
        <StickyBar
          more={
            <Button
              variant="ghost"
              icon={<PhoneCall size={18} />}
              href={paths.newCallback(accountId)}
              renderLink={phoneLink}
            >
              {text('card.callback')}
            </Button>
          }
        >
          <Button
            variant="primary"
            big
            icon={<SquarePen size={22} />}
            href={paths.reportForm(accountId)}
            renderLink={phoneLink}
          >
            {text(draft ? 'card.resume' : 'card.start')}
          </Button>
        </StickyBar>
      }
    >
      <Badges card={card} />
      <HandoverBrief card={card} />
      <FirstLoad />
      <AccountObjectives account={account} />
      <KnowList card={card} onCorrect={() => edit(true)} />
      <ContactList card={card} />
      <PastReports card={card} />
      <AccountDetails account={account} onCorrect={() => edit(true)} />
      <PassingNote account={account} />
      <TerritoryPath card={card} />
    </InnerFrame>
  )
}

function UnknownAccount() {
  const text = useAccountTexts()
  const { complete } = usePhoneState()
  return (
    <InnerFrame title={text(complete ? 'card.unknown' : 'card.arriving')}>
      <Card>
        <Empty
          icon={<Store size={28} />}
          title={text(complete ? 'card.unknown' : 'card.arriving')}
          text={text(complete ? 'card.unknownText' : 'card.arrivingText')}
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

/** The facts that the questions gave, each with the mark of who asked. */
function Badges({ card }: { card: AccountCard }) {
  const text = useAccountTexts()
  const badgeText = useBadgeText()
  const markLabel = useMarkLabel()
  useShown(
    card.badges.map(({ fieldId }) => ({ fieldId, kind: 'badge', accountId: card.account.id }) as const),
  )
  if (card.badges.length === 0) return null
  return (
    <ul aria-label={text('card.badges')} className="-mt-1 flex flex-wrap gap-2">
      {card.badges.map((badge) => (
        <li key={`${badge.fieldId}/${badge.sourceIds[0]}`} className="max-w-full">
          <LevelBadge rank={badge.owner.rank} label={markLabel(badge.owner)}>
            <span aria-hidden className="max-w-64 truncate leading-8">
              {badgeText.short(badge)}
            </span>
            <span className="sr-only">{badgeText.full(badge)}</span>
          </LevelBadge>
        </li>
      ))}
    </ul>
  )
}

/** Where the account sits, and how many questions each level asks there. */
function TerritoryPath({ card }: { card: AccountCard }) {
  const text = useAccountTexts()
  const markLabel = useMarkLabel()
  const { frame } = usePhoneState()
  const closed = new Set(frame.territories.flatMap((territory) => (territory.closed ? [territory.id] : [])))
  return (
    <section aria-labelledby="territory">
      <SectionHead id="territory">{text('card.territory')}</SectionHead>
      <Card className="px-5 py-3">
        {card.path.length === 0 && <p className="text-ink-2 text-small">{text('card.territoryGone')}</p>}
        <ul>
          {card.path.map((node, index) => (
            <li key={node.id} className="flex min-h-9 items-center gap-3 text-small">
              <LevelMark rank={node.rank} label={markLabel(node)} />
              <span
                className={`min-w-0 flex-1 truncate text-body ${index === card.path.length - 1 ? 'font-strong' : ''}`}
              >
                {node.name}
              </span>
              {closed.has(node.id) ? (
                <Tag>{text('card.closed')}</Tag>
              ) : (
                <span className="text-ink-2 tabular-nums">
                  {text('card.questions', {
                    count: card.fields.filter(({ owner }) => owner.id === node.id).length,
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}
