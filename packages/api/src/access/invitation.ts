import {
  findInvitees,
  findSender,
  type Invitee,
  noteInvited,
  startInvitations,
} from '@fieldback/db/access/invitation.repo'
import { inOrg } from '@fieldback/db/client'
import { lookAtLink, takeAttempts } from '@fieldback/db/identity/identity.repo'
import { openFormats } from '@fieldback/i18n/format'
import { isLocale, type Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import type { Deps } from '../context.ts'
import { MEMBER_MAIL_RULE, ORGANISATION_MAIL_RULE } from './attempt-rules.ts'
import { hashOf, linkTo, newToken } from './link-token.ts'

/** People read mail when they can: an invitation that died over a week-end would be asked for again. */
export const INVITATION_DAYS = 7
/** Mail servers refuse a crowd of connections from one sender. */
const AT_ONCE = 5
const DAY_MS = 86_400_000

export type InvitationDeps = Pick<Deps, 'db' | 'email' | 'log' | 'now' | 'site'>
export type Invitations = {
  readonly orgId: string
  readonly membershipIds: readonly string[]
  /** `invite` welcomes somebody new; `enter` lets in somebody who cannot enter any more. */
  readonly kind?: 'invite' | 'enter'
}

/**
 * Counts a link to each member. Answers whom the organisation may still write to today, and with `seconds` how long the
 * others wait (0: there are none).
 */
export async function admitInvitations(
  { db }: Pick<Deps, 'db'>,
  { orgId, membershipIds }: Pick<Invitations, 'orgId' | 'membershipIds'>,
): Promise<{ readonly membershipIds: readonly string[]; readonly seconds: number }> {
  const members = membershipIds.map((id) => `invitation:${id}`)
  const each = await takeAttempts(db, members, MEMBER_MAIL_RULE)
  const able = membershipIds.filter((_, place) => each.admitted[place])
  const organisation = able.map(() => `invitations:${orgId}`)
  const all = await takeAttempts(db, organisation, ORGANISATION_MAIL_RULE)
  return {
    membershipIds: able.filter((_, place) => all.admitted[place]),
    seconds: Math.max(each.seconds, all.seconds),
  }
}

/**
 * Mails each member a link of the organisation that serves once, for seven days: call it when the transaction that added
 * them is over. Answers the members whose mail has left; for the others it may be called again. Left out: members whose
 * access was withdrawn, and those to whom the organisation has written enough today.
 */
export async function sendInvitations(deps: InvitationDeps, invitations: Invitations): Promise<Set<string>> {
  if (invitations.membershipIds.length === 0) return new Set()
  const { membershipIds } = await admitInvitations(deps, invitations)
  return mailInvitations(deps, { ...invitations, membershipIds })
}

/** The same, for those whom `admitInvitations` has counted. */
export async function mailInvitations(
  deps: InvitationDeps,
  { orgId, membershipIds, kind = 'invite' }: Invitations,
): Promise<Set<string>> {
  if (membershipIds.length === 0) return new Set()
  const expires = new Date(deps.now().getTime() + INVITATION_DAYS * DAY_MS)
  const { letters, ...organisation } = await inOrg(deps.db, orgId, async (tx) => {
    const found = await findInvitees(tx, orgId, membershipIds)
    const letters = found.invitees.map((invitee) => ({ invitee, token: newToken() }))
    const links = letters.map(({ invitee, token }) => ({
      membershipId: invitee.membershipId,
      tokenHash: hashOf(token),
    }))
    await startInvitations(tx, links, expires)
    return { ...found, letters }
  })
  const waiting = [...letters]
  const sent = new Set<string>()
  const post = async () => {
    for (let letter = waiting.shift(); letter; letter = waiting.shift()) {
      if (await sendOne(deps, { ...organisation, ...letter, kind, expires }))
        sent.add(letter.invitee.membershipId)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, post))
  deps.log.info('access.invitations', { sent: sent.size, failed: letters.length - sent.size })
  if (sent.size > 0)
    await inOrg(deps.db, orgId, (tx) => noteInvited(tx, orgId, { membershipIds: [...sent], at: deps.now() }))
  return sent
}

type Letter = {
  readonly invitee: Invitee
  readonly token: string
  readonly orgName: string
  readonly orgLocale: string
  readonly timeZone: string
  readonly kind: 'invite' | 'enter'
  readonly expires: Date
}

async function sendOne(deps: InvitationDeps, letter: Letter): Promise<boolean> {
  const { invitee, orgName, timeZone, kind } = letter
  const locale: Locale = [invitee.locale, letter.orgLocale].find(isLocale) ?? 'fr'
  const text = openTexts(messagesOf(locale), locale)('accessDesk')
  const until = openFormats(locale, timeZone).instant(letter.expires)
  const said = {
    name: invitee.displayName,
    organisation: orgName,
    until,
    link: linkTo(deps.site, letter.token),
  }
  try {
    await deps.email.send({
      to: invitee.email,
      subject: text(kind === 'invite' ? 'mail.inviteSubject' : 'mail.enterSubject', said),
      text: text(kind === 'invite' ? 'mail.inviteText' : 'mail.enterText', said),
    })
    return true
  } catch (error) {
    deps.log.error('access.invitation-failed', { error: error instanceof Error ? error.name : 'unknown' })
    return false
  }
}

export type Invitation = {
  readonly expires: Date
  readonly timeZone: string
  /** The organisation lets in by password alone. */
  readonly byPassword: boolean
}

/** What an invitation is before it is used; null for any other link, and for one that is used or out of date. */
export async function lookAtInvitation(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  token: string,
): Promise<Invitation | null> {
  const link = await lookAtLink(db, hashOf(token))
  if (!link || link.orgId === null || link.expires <= now()) return null
  const { orgId, expires } = link
  const { timeZone, rules } = await inOrg(db, orgId, (tx) => findSender(tx, orgId))
  return { expires, timeZone, byPassword: !rules.link }
}
