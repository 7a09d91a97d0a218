import { lookAtInvitation } from '@fieldback/api/access/invitation'
import { openFormats } from '@fieldback/i18n/format'
import { getLocale } from 'next-intl/server'
import { doorDeps } from './door.ts'

/**
 * What the page of a link says before it is used: until when an invitation serves, and where it leads. Nothing of any
 * other link, known or not: its page is the same for a made-up one.
 */
export async function findLink(
  token: string,
): Promise<{ readonly until: string | null; readonly to: string }> {
  const invitation = token === '' ? null : await lookAtInvitation(doorDeps(), token)
  if (!invitation) return { until: null, to: '/' }
  const { expires, timeZone, byPassword } = invitation
  const until = openFormats(await getLocale(), timeZone).instant(expires)
  // Where a password is the only way in, the first thing to do is to choose it.
  return { until, to: byPassword ? '/account' : '/' }
}
