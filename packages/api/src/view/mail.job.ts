import { findInvitees } from '@fieldback/db/access/invitation.repo'
import { inOrg } from '@fieldback/db/client'
import { inOrgSql } from '@fieldback/db/org-sql'
import { weeklyViews } from '@fieldback/db/view/view.repo'
import {
  unsafeBeginMail,
  unsafeDueReaders,
  unsafeForgetMail,
  unsafeMailOrg,
} from '@fieldback/db/view/view-mail.repo'
import type { Scope } from '@fieldback/domain/access/scope'
import type { Day } from '@fieldback/domain/agenda/day'
import { dueWeek, PINS_MAX } from '@fieldback/domain/view/view'
import { isLocale } from '@fieldback/i18n/locale'
import { keeping } from '../analytics/keep-pairs.ts'
import type { Deps } from '../context.ts'
import { localDay, unsafeScopeOf } from '../open-session.ts'
import { type OpenedView, openView, type ToldView, tellView } from './tell-view.ts'
import { viewLetter } from './view-letter.ts'

export type MailDeps = Pick<Deps, 'db' | 'email' | 'log' | 'newId' | 'now' | 'site'>

/** Readers looked for at once. */
const READERS = 50

/**
 * Sends the mails of the week that are due, one a reader: his views with the figures that his rights give at this moment. That
 * a mail begins is noted before it leaves, so that none leaves twice, even when the worker is killed in between: that one mail
 * is then not sent (ADR 050). One that the mail server refuses is tried again with the next look.
 */
export async function mailViews(
  deps: MailDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly sent: number; readonly done: boolean }> {
  const org = await inOrgSql(deps.db, orgId, (tx) => unsafeMailOrg(tx, orgId))
  const now = deps.now()
  const week = org && dueWeek(localDay(org.timeZone, now), localHour(org.timeZone, now))
  if (!week) return { sent: 0, done: true }
  let [sent, after]: [number, string | null] = [0, null]
  for (;;) {
    const readers: string[] = await inOrgSql(deps.db, orgId, (tx) =>
      unsafeDueReaders(tx, orgId, { week, after, limit: READERS }),
    )
    for (const membershipId of readers) {
      if (stop?.aborted) return { sent, done: false }
      if (await mailReader(deps, { orgId, membershipId, week })) sent += 1
      after = membershipId
    }
    if (readers.length < READERS) return { sent, done: true }
  }
}

const localHour = (timeZone: string, instant: Date): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(instant))

type Reader = { readonly orgId: string; readonly membershipId: string; readonly week: Day }

/** Whether a mail left. */
async function mailReader(deps: MailDeps, reader: Reader): Promise<boolean> {
  const { db, email, log, site } = deps
  const { orgId, membershipId, week } = reader
  const told = await tellReader(deps, reader)
  // Noted for whoever has nothing to be told of, too: he need not be looked at again this week.
  const begun = await inOrg(db, orgId, (tx) => unsafeBeginMail(tx, orgId, reader))
  if (!begun || !told || told.views.length === 0) return false
  const { invitees, ...sender } = await inOrg(db, orgId, (tx) => findInvitees(tx, orgId, [membershipId]))
  const [to] = invitees
  if (!to) return false
  const locale = [to.locale, sender.orgLocale].find(isLocale) ?? 'fr'
  const { orgName: organisation, timeZone } = sender
  try {
    await email.send(viewLetter({ ...told, to, locale, organisation, timeZone, week, site }))
    return true
  } catch (error) {
    log.error('view.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
    await inOrg(db, orgId, (tx) => unsafeForgetMail(tx, orgId, reader))
    return false
  }
}

/** A reader's views and what he may reach now; null when he is no member any more. A transaction a view: none is long. */
async function tellReader(
  deps: MailDeps,
  { orgId, membershipId }: Reader,
): Promise<{ readonly scope: Scope; readonly views: readonly ToldView[] } | null> {
  const opened = await inOrgSql(
    deps.db,
    orgId,
    async (tx) => {
      const scope = await unsafeScopeOf(tx, { orgId, membershipId }, deps.now())
      if (!scope) return null
      const sdb = { tx, scope }
      const views: OpenedView[] = []
      for (const row of await weeklyViews(sdb, PINS_MAX)) {
        const view = await openView(sdb, row)
        if (view) views.push(view)
      }
      return { scope, views }
    },
    { reading: true },
  )
  if (!opened) return null
  const { scope } = opened
  const views: ToldView[] = []
  for (const view of opened.views)
    views.push(
      await inOrgSql(
        deps.db,
        orgId,
        (tx) => tellView({ tx, scope }, view, { places: true, keep: keeping(deps, scope) }),
        { reading: true },
      ),
    )
  return { scope, views }
}
