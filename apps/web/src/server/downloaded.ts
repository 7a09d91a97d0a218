import type { Context } from '@fieldback/api/context'
import type { Chunks, FileFormat } from '@fieldback/api/export/table-file'
import { errorShape } from '@fieldback/api/trpc'
import { FieldbackError } from '@fieldback/domain/errors'
import { container } from './container.ts'
import { logged } from './logged.ts'
import { ENDED } from './member.ts'
import { ownAddress } from './own-address.ts'
import { requestContext } from './request-context.ts'
import { asTransport, toldAs } from './told-error.ts'

export type Download = {
  readonly name: string
  /** CSV unless it says otherwise. */
  readonly format?: FileFormat
  readonly chunks: Chunks
}

/** A route that answers with a table as a file, made as it is fetched and never held whole. Without a session nothing is looked at. */
export const downloaded = (route: string, open: (request: Request, context: Context) => Promise<Download>) =>
  logged(route, async (request) => {
    try {
      const context = await requestContext()
      if (!context.session) throw new FieldbackError('UNAUTHENTICATED')
      const { name, format, chunks } = await open(request, context)
      return new Response(streamed(chunks), { headers: attached(name, format) })
    } catch (error) {
      return refusedDownload(request, error)
    }
  })

const TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export const attached = (name: string, format: FileFormat = 'csv') => ({
  'content-type': TYPES[format],
  'content-disposition': `attachment; filename="${name}.${format}"`,
  'cache-control': 'no-store',
})

/**
 * A link to a file that is not given. Followed by a person, it shows why, or sign-in when his session has ended, and leads
 * back to the page on which the link stood; to whoever else asks, a status and a code.
 */
export function refusedDownload(request: Request, error: unknown): Response {
  const { code } = errorShape(asTransport(error))
  const followed = request.headers.get('accept')?.includes('text/html') ?? false
  if (!followed) return toldAs(error)
  const to = pageOf(request)
  return ENDED.includes(code) ? shown('/signin', { reason: code, to }) : shown('/refused', { code, to })
}

const shown = (page: string, query: Readonly<Record<string, string>>): Response =>
  new Response(null, { status: 303, headers: { location: `${page}?${new URLSearchParams(query)}` } })

/** The page of ours that the request comes from; its root when that is not told. */
function pageOf(request: Request): string {
  const from = URL.parse(request.headers.get('referer') ?? '')
  const { origin } = new URL(container().env.NEXTAUTH_URL)
  return from?.origin === origin ? ownAddress(from.pathname + from.search) : '/'
}

function streamed(chunks: Download['chunks']): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
