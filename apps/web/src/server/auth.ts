import type { NextAuthOptions } from 'next-auth'
import { container } from './container.ts'

const THIRTY_DAYS = 30 * 24 * 60 * 60

export function authOptions(): NextAuthOptions {
  const { env } = container()
  return {
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: THIRTY_DAYS },
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin', verifyRequest: '/signin' },
    providers: [],
  }
}
