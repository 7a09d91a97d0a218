'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { percentDone } from '@fieldback/ui/progress'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useFormats } from '../../client/use-formats.ts'
import { isWorking } from './use-import.ts'

/** Says in the tab how far the work is, so that it can be followed from another one. */
export function useTabTitle(detail: ImportDetail | undefined): void {
  const product = useTranslations('common')('product')
  const text = useTranslations('import')
  const formats = useFormats()
  const title = detail && titleOf(detail)
  useEffect(() => {
    if (title) document.title = `${title} · ${product}`
  }, [title, product])

  function titleOf({ state, handled, lines, fileName }: ImportDetail): string {
    const percent = isWorking(state) ? percentDone(handled, lines) : null
    const far = percent === null ? '' : `${formats.percent(percent / 100)} `
    return `${far}${text(`state.${state}`)} · ${fileName}`
  }
}
