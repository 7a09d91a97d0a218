import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { getTranslations } from 'next-intl/server'

export default async function NotFound() {
  const text = await getTranslations('territory')
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        title={text('page.unreadable')}
        text={text('page.unreadableNext')}
        action={<Button href="/manage">{text('page.home')}</Button>}
      />
    </main>
  )
}
