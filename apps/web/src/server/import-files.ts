import { receiveFile } from '@fieldback/api/import/receive-file'
import { refusedLines } from '@fieldback/api/import/refused-lines'
import { importTemplate } from '@fieldback/api/import/template'
import { FieldbackError } from '@fieldback/domain/errors'
import { IMPORT_KINDS, IMPORT_MAX } from '@fieldback/domain/import/import'
import { isLocale, type Locale } from '@fieldback/i18n/locale'
import { getLocale } from 'next-intl/server'
import * as z from 'zod'
import { attached, downloaded } from './downloaded.ts'
import { logged } from './logged.ts'
import { outsideProxy } from './outside-proxy.ts'
import { contextOf } from './request-context.ts'
import { readSession } from './session.ts'
import { toldAs } from './told-error.ts'

const QUERY = z.object({ kind: z.enum(IMPORT_KINDS), name: z.string().max(1_000).default('') })
const KIND = QUERY.pick({ kind: true })

const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams)

const locale = async (): Promise<Locale> => {
  const asked = await getLocale()
  return isLocale(asked) ? asked : 'fr'
}

/** A file as the body of a request, never held whole. */
export const importFile = outsideProxy('import.receive', async (request, requestId) => {
  try {
    const { kind, name } = QUERY.parse(queryOf(request))
    if (Number(request.headers.get('content-length') ?? 0) > IMPORT_MAX.bytes)
      throw new FieldbackError('TOO_LARGE', { maxBytes: IMPORT_MAX.bytes })
    if (!request.body) throw new FieldbackError('INVALID_INPUT')
    const context = contextOf(await readSession(), requestId)
    return Response.json(await receiveFile(context, { kind, name, body: request.body }))
  } catch (error) {
    return toldAs(error)
  }
})

/** The lines of an import that did not get in, with their reasons. */
export const importRefused = (importId: string) =>
  downloaded('import.refused', async (_, context) =>
    refusedLines(context, z.uuid().parse(importId), await locale()),
  )

/** A file to fill. It says nothing of anybody, so it asks for no session. */
export const importTemplateFile = logged('import.template', async (request) => {
  try {
    const { kind } = KIND.parse(queryOf(request))
    const { name, text } = importTemplate(kind, await locale())
    return new Response(text, { headers: attached(name) })
  } catch (error) {
    return toldAs(error)
  }
})
