import { redirect } from 'next/navigation'
import { findTop } from '../../../server/place.ts'

export default async function Page() {
  redirect(`/manage/t/${await findTop()}`)
}
