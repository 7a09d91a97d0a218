import { foundingForm } from '@fieldback/domain/org/founding'
import { foundAndEnter } from '../../../server/founding.ts'
import { readJsonBody } from '../../../server/read-json-body.ts'
import { toldAs } from '../../../server/told-error.ts'

const MAX_BYTES = 8_192

/** Founds an organisation with a one-time link; the answer says whether the session is open. */
export async function POST(request: Request): Promise<Response> {
  try {
    const form = foundingForm.parse(await readJsonBody(request, MAX_BYTES))
    return Response.json(await foundAndEnter(form), { status: 201 })
  } catch (error) {
    return toldAs(error)
  }
}
