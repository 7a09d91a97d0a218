import { changePassword } from '@fieldback/api/access/own-account'
import { FieldbackError } from '@fieldback/domain/errors'
import { PASSWORD_MAX } from '@fieldback/domain/org/password-fault'
import * as z from 'zod'
import { doorDeps } from '../../../server/door.ts'
import { hashPassword } from '../../../server/password.ts'
import { readSession } from '../../../server/session.ts'
import { toldAs } from '../../../server/told-error.ts'

const password = z.string().min(1).max(PASSWORD_MAX)
const form = z.object({ current: password.nullable(), next: password })

/** A person chooses his own password. */
export async function POST(request: Request): Promise<Response> {
  try {
    const session = await readSession()
    if (!session) throw new FieldbackError('UNAUTHENTICATED')
    await changePassword({ ...doorDeps(), hashPassword }, session, form.parse(await request.json()))
    return Response.json({})
  } catch (error) {
    return toldAs(error)
  }
}
