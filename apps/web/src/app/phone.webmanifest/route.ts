import { chooseLocale } from '@fieldback/i18n/locale'
import { shellTexts } from '@fieldback/i18n/phone-shell'

const icon = (file: string, size: number, purpose: 'any' | 'maskable') => ({
  src: `/phone/${file}`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
})
const ICONS = [
  icon('icon-192.png', 192, 'any'),
  icon('icon-512.png', 512, 'any'),
  icon('icon-maskable-512.png', 512, 'maskable'),
]

/** What a phone that installs the application is told, in the language of its browser: no cookie comes with it. */
export function GET(request: Request): Response {
  const locale = chooseLocale({ header: request.headers.get('accept-language') })
  const text = shellTexts(locale)
  const manifest = {
    id: '/m',
    start_url: '/m',
    // Signing in and one's own account are outside /m, and belong to the application too.
    scope: '/',
    name: 'Fieldback',
    short_name: 'Fieldback',
    description: text('manifest.description'),
    lang: locale,
    dir: 'ltr',
    display: 'standalone',
    background_color: '#f6f5f1',
    theme_color: '#f6f5f1',
    icons: ICONS,
    shortcuts: [{ name: text('manifest.newReport'), url: '/m/new', icons: ICONS.slice(0, 1) }],
  }
  return new Response(JSON.stringify(manifest), {
    headers: {
      'content-type': 'application/manifest+json; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'accept-language',
    },
  })
}
