import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '../../../../server/auth.ts'

type Context = { params: Promise<{ nextauth: string[] }> }

// Its own pages and its log for browsers stay shut.
const OPEN = ['csrf', 'session', 'callback', 'signout']

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action = ''] = (await context.params).nextauth
  if (!OPEN.includes(action)) return new Response(null, { status: 404 })
  return NextAuth(request, context, authOptions())
}

export { handle as GET, handle as POST }
