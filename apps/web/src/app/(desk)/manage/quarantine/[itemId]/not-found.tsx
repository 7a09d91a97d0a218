import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { getTranslations } from 'next-intl/server'

export default async function NotFound() {
  const text = await getTranslations('quarantine')
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        title={text('view.unknown')}
        text={text('view.unknownNext')}
        action={<Button href="/manage/quarantine">{text('view.back')}</Button>}
      />
    </main>
  )
}
