'use client'
import { isOfficialCode } from '@fieldback/domain/territory/official-code'
import { useTranslations } from 'next-intl'
import { toldError } from '../../client/error-code.ts'

/** What is wrong with a code, said beside it: how it is written, or who bears it already; undefined when nothing is. */
export function useCodeFault(): (code: string, error: unknown) => string | undefined {
  const text = useTranslations('territory')
  return (code, error) => {
    if (code.trim() !== '' && !isOfficialCode(code.trim())) return text('admin.codeForm.wrong')
    const { code: told, params } = toldError(error)
    if (told !== 'TERRITORY_CODE_TAKEN') return undefined
    return text('admin.codeForm.taken', { place: String(params.name) })
  }
}
