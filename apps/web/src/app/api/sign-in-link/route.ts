import { askLink } from '@fieldback/api/access/sign-in-link'
import { after } from 'next/server'
import * as z from 'zod'
import { container } from '../../../server/container.ts'
import { doorDeps, requestAddress } from '../../../server/door.ts'
import { requestLocale } from '../../../server/locale.ts'
import { toldAs } from '../../../server/told-error.ts'

const form = z.object({ email: z.email().max(254) })

/** Asks for a link. The answer comes before the address is looked up: it is the same for an unknown one. */
export async function POST(request: Request): Promise<Response> {
  try {
    const { email } = form.parse(await request.json())
    const [address, locale] = await Promise.all([requestAddress(), requestLocale()])
    const site = container().env.NEXTAUTH_URL
    after(await askLink(doorDeps(), { email, address, locale, site }))
    return Response.json({}, { status: 202 })
  } catch (error) {
    return toldAs(error)
  }
}
