import { findInvitees } from '@fieldback/db/access/invitation.repo'
import type { ReplacementRow } from '@fieldback/db/assignment/replacement.repo'
import { inOrg } from '@fieldback/db/client'
import { openFormats } from '@fieldback/i18n/format'
import { isLocale, type Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import type { Deps } from '../context.ts'

export type MailDeps = Pick<Deps, 'db' | 'email' | 'log' | 'newId' | 'site'>

type Told = { readonly orgId: string; readonly replacement: ReplacementRow; readonly ended: boolean }

/** Tells both people of a replacement, each in his language, once it is committed; a mail that fails undoes nothing. */
export async function mailReplacement(deps: MailDeps, { orgId, replacement, ended }: Told): Promise<void> {
  const { absentId, substituteId, validFrom, validTo } = replacement
  const { invitees, orgName, orgLocale, timeZone } = await inOrg(deps.db, orgId, (tx) =>
    findInvitees(tx, orgId, [absentId, substituteId]),
  )
  for (const to of invitees) {
    const locale: Locale = [to.locale, orgLocale].find(isLocale) ?? 'fr'
    const text = openTexts(messagesOf(locale), locale)('assignment')
    const { day } = openFormats(locale, timeZone)
    const side = to.membershipId === absentId ? 'absent' : 'substitute'
    const what = ended ? (validTo < validFrom ? 'off' : 'ended') : 'made'
    const said = {
      name: to.displayName,
      absent: replacement.absentName,
      substitute: replacement.substituteName,
      organisation: orgName,
      from: day(validFrom),
      to: day(validTo),
      link: new URL('/m', deps.site).href,
    }
    try {
      await deps.email.send({
        to: to.email,
        subject: text(`mail.${what}Subject`, said),
        text: text(`mail.${what}.${side}`, said),
      })
    } catch (error) {
      deps.log.error('assignment.letter-failed', { error: error instanceof Error ? error.name : 'unknown' })
    }
  }
}
