import { LinkScreen } from '../../../features/access/link-screen.tsx'
import { titled } from '../../../server/titled.ts'

type Params = { searchParams: Promise<{ token?: string | string[] }> }

export const generateMetadata = titled('link.open')

export default async function Page({ searchParams }: Params) {
  const { token } = await searchParams
  return <LinkScreen token={typeof token === 'string' ? token : ''} />
}
