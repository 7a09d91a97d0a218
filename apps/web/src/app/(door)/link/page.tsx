import { LinkScreen } from '../../../features/access/link-screen.tsx'

type Params = { searchParams: Promise<{ token?: string | string[] }> }

export default async function Page({ searchParams }: Params) {
  const { token } = await searchParams
  return <LinkScreen token={typeof token === 'string' ? token : ''} />
}
