import {
  countFailure,
  type Person,
  personByEmail,
  retryAfter,
  startLink,
  takeAttempt,
  takeLink,
} from '@fieldback/db/identity/identity.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Locale } from '@fieldback/i18n/locale'
import { messagesOf } from '@fieldback/i18n/messages'
import { openTexts } from '@fieldback/i18n/texts'
import { attemptSubject, LINK_RULE, NETWORK_RULE, networkOf, normaliseEmail } from './attempt-rules.ts'
import type { DoorDeps } from './door.ts'
import { hashOf, linkTo, newToken } from './link-token.ts'

export const LINK_MINUTES = 15

export type LinkRequest = {
  readonly email: string
  readonly address: string
  readonly locale: Locale
  /** https://fieldback.example.com */
  readonly site: string
}

/**
 * Takes a request for a link and returns what sends it, to be run once the answer is given: neither the answer nor its
 * delay says whether the address is known. TOO_MANY_ATTEMPTS {seconds}.
 */
export async function askLink(deps: DoorDeps, request: LinkRequest): Promise<() => Promise<void>> {
  const email = normaliseEmail(request.email)
  const network = attemptSubject(deps.secret, 'network', `link ${networkOf(request.address)}`)
  const wait =
    (await takeAttempt(deps.db, network, NETWORK_RULE)) ||
    (await takeAttempt(deps.db, attemptSubject(deps.secret, 'link', email), LINK_RULE))
  if (wait > 0) throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds: wait })
  return () => sendLink(deps, { ...request, email })
}

async function sendLink(deps: DoorDeps, { email, locale, site }: LinkRequest): Promise<void> {
  const token = newToken()
  const expires = new Date(deps.now().getTime() + LINK_MINUTES * 60_000)
  try {
    if (!(await startLink(deps.db, email, hashOf(token), expires))) return
    const text = openTexts(messagesOf(locale), locale)('accessDoor')
    const link = linkTo(site, token)
    await deps.email.send({
      to: email,
      subject: text('mail.subject'),
      text: text('mail.text', { link, minutes: LINK_MINUTES }),
    })
    deps.log.info('sign-in.link-sent')
  } catch (error) {
    deps.log.error('sign-in.link-failed', { error: error instanceof Error ? error.name : 'unknown' })
  }
}

export type LinkHolder = Person & {
  /** The organisation whose own link it was; null: the person asked for it. */
  readonly sentBy: string | null
}

/** Who was sent this link; it serves once. LINK_SPENT when it is unknown, used or out of date; TOO_MANY_ATTEMPTS. */
export async function signInWithLink(
  deps: DoorDeps,
  { token, address }: { token: string; address: string },
): Promise<LinkHolder> {
  const network = attemptSubject(deps.secret, 'network', networkOf(address))
  const wait = await retryAfter(deps.db, [network])
  if (wait > 0) throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds: wait })
  const link = await takeLink(deps.db, hashOf(token), deps.now())
  const person = link && link.expires > deps.now() ? await personByEmail(deps.db, link.email) : null
  if (link && person) return { id: person.id, email: person.email, sentBy: link.orgId }
  await countFailure(deps.db, network, NETWORK_RULE)
  throw new FieldbackError('LINK_SPENT')
}
