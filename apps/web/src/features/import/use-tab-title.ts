'use client'
import type { ImportDetail } from '@fieldback/domain/import/import'
import { percentDone } from '@fieldback/ui/progress'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { isWorking, totalOf } from './use-import.ts'
import { useWords } from './use-words.ts'

/** Says in the tab how far the work is, so that it can be followed from another one. */
export function useTabTitle(detail: ImportDetail | undefined): void {
  const product = useTranslations('common')('product')
  const { text, formats, state: said } = useWords()
  const title = detail && `${titleOf(detail)} · ${product}`
  const plain = `${text('list.page')} · ${product}`
  useEffect(() => (title ? holdTitle(title, plain) : undefined), [title, plain])

  function titleOf(one: ImportDetail): string {
    const { state, handled, fileName } = one
    const percent = isWorking(state) ? percentDone(handled, totalOf(one)) : null
    const far = percent === null ? '' : `${formats.percent(percent / 100)} `
    return `${far}${said(one)} · ${fileName}`
  }
}

/** The page's own title may arrive after ours. Gives it back when leaving, unless the next page has its own already. */
function holdTitle(title: string, plain: string): () => void {
  const hold = () => {
    if (document.title !== title) document.title = title
  }
  hold()
  const late = new MutationObserver(hold)
  late.observe(document.head, { childList: true, subtree: true, characterData: true })
  return () => {
    late.disconnect()
    if (document.title === title) document.title = plain
  }
}
