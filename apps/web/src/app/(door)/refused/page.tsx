import { RefusedScreen } from '../../../features/access/refused-screen.tsx'
import { ownAddress } from '../../../server/own-address.ts'
import { titled } from '../../../server/titled.ts'

type Params = { searchParams: Promise<Readonly<Record<'code' | 'to', string | string[] | undefined>>> }

export const generateMetadata = titled('refused.title')

export default async function Page({ searchParams }: Params) {
  const { code, to } = await searchParams
  return <RefusedScreen code={code} to={ownAddress(to)} />
}
