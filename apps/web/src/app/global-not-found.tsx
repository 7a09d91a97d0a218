import './globals.css'
import { Button } from '@fieldback/ui/button'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageDocument } from '../server/page-document.tsx'

export const metadata: Metadata = { title: 'Fieldback', robots: { index: false } }

export default async function NotFound() {
  const text = await getTranslations('common')
  return (
    <PageDocument>
      <main className="mx-auto flex min-h-dvh max-w-[430px] flex-col justify-center gap-4 px-5">
        <h1 className="text-title">{text('notFound.title')}</h1>
        <p className="text-ink-2">{text('notFound.text')}</p>
        <p className="mt-4">
          <Button href="/" variant="primary">
            {text('notFound.home')}
          </Button>
        </p>
      </main>
    </PageDocument>
  )
}
