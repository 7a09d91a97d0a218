import { endOwnSession } from '@fieldback/api/access/own-account'
import { signInWithPassword } from '@fieldback/api/access/sign-in'
import { signInWithLink } from '@fieldback/api/access/sign-in-link'
import type { Person } from '@fieldback/db/identity/identity.repo'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import { FieldbackError } from '@fieldback/domain/errors'
import type { NextAuthOptions, User } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import * as z from 'zod'
import { container } from './container.ts'
import { doorDeps, type Pass, passFor, provedNow, requestAddress, tellable } from './door.ts'
import { SESSION_SECONDS, sessionOf } from './session-token.ts'

// Bounds keep a hash from being asked of a megabyte.
const passwordForm = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(200) })
const linkForm = z.object({ token: z.string().min(1).max(100) })
const choice = z.object({ membershipId: z.uuid() })

type Admitted = User & { readonly pass: Pass }

async function admit(
  way: Proof['way'],
  identify: () => Promise<Person & { readonly sentBy?: string | null }>,
): Promise<Admitted> {
  try {
    const { id, sentBy } = await identify()
    return { id, pass: await passFor(id, null, provedNow(way, sentBy)) }
  } catch (error) {
    throw tellable(error)
  }
}

const password = Credentials({
  id: 'password',
  credentials: { email: {}, password: {} },
  authorize: async (typed) => {
    const form = passwordForm.safeParse(typed)
    if (!form.success) return null
    return admit('password', async () =>
      signInWithPassword(doorDeps(), { ...form.data, address: await requestAddress() }),
    )
  },
})

const link = Credentials({
  id: 'link',
  credentials: { token: {} },
  authorize: async (typed) => {
    const form = linkForm.safeParse(typed)
    if (!form.success) return null
    return admit('link', async () =>
      signInWithLink(doorDeps(), { ...form.data, address: await requestAddress() }),
    )
  },
})

const isAdmitted = (user: User | undefined): user is Admitted => user !== undefined && 'pass' in user

/** A session of before proofs were kept: it may stay where it is, and switch after a new sign-in. */
const UNPROVED: Proof = { way: 'link', at: 0 }

/** Moves a session to another organisation of the same person; a refusal leaves it where it is and says why. */
async function moved(pass: Pass, wanted: unknown): Promise<Moved> {
  const form = choice.safeParse(wanted)
  if (!form.success) return pass
  try {
    return await passFor(pass.personId, form.data.membershipId, pass.proof ?? UNPROVED)
  } catch (error) {
    return { ...pass, refused: tellable(error).message }
  }
}
type Moved = Pass & { readonly refused?: string }

const unlessRefused = (error: unknown): void => {
  if (!(error instanceof FieldbackError)) throw error
}

/** Sessions are encrypted tokens in a cookie; they hold ids, and every procedure checks that these are still live. */
export function authOptions(): NextAuthOptions {
  const { env, deps } = container()
  return {
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin' },
    providers: [password, link],
    callbacks: {
      jwt: async ({ token, user, trigger, session }) => {
        if (isAdmitted(user)) return { ...user.pass }
        const { refused: _told, ...pass } = token as Moved
        return trigger === 'update' ? { ...(await moved(pass as Pass, session)) } : pass
      },
      session: ({ session, token }) => ({
        expires: session.expires,
        membershipId: token.membershipId ?? null,
        refused: token.refused ?? null,
      }),
    },
    events: {
      signOut: async ({ token }) => {
        const session = sessionOf(token)
        // One that is over already has nothing to end.
        if (session) await endOwnSession(deps, session).catch(unlessRefused)
      },
    },
    // Its messages may quote what was typed: the code alone is kept.
    logger: {
      error: (code) => deps.log.error('auth.error', { code }),
      warn: (code) => deps.log.warn('auth.warning', { code }),
      debug: () => {},
    },
  }
}
