import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { getTranslations } from 'next-intl/server'

export default async function NotFound() {
  const text = await getTranslations('import')
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        title={text('page.unreadable')}
        text={text('page.missing')}
        action={<Button href="/admin/imports">{text('new.imports')}</Button>}
      />
    </main>
  )
}
