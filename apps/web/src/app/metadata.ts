import type { Metadata, Viewport } from 'next'

export const deskMetadata: Metadata = {
  title: { default: 'Fieldback', template: '%s · Fieldback' },
  robots: { index: false },
  // Safari would turn figures into telephone links.
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f5f1' },
    { media: '(prefers-color-scheme: dark)', color: '#151412' },
  ],
}
