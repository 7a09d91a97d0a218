import { LinkScreen } from '../../../features/access/link-screen.tsx'
import { findLink } from '../../../server/link.ts'
import { titled } from '../../../server/titled.ts'

type Params = { searchParams: Promise<{ token?: string | string[] }> }

export const generateMetadata = titled('link.open')

export default async function Page({ searchParams }: Params) {
  const { token } = await searchParams
  const kept = typeof token === 'string' ? token.slice(0, 100) : ''
  return <LinkScreen token={kept} {...(await findLink(kept))} />
}
