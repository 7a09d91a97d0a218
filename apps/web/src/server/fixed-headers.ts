/** What the build's scripts and styles carry: a phone fetches a dozen, and each byte of them a dozen times. */
export const FILE_HEADERS = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
]

/** What every other answer carries, which may be shown as a page; policies and TLS are set by what knows the request. */
export const FIXED_HEADERS = [
  ...FILE_HEADERS,
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  {
    key: 'permissions-policy',
    value: [
      'camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()',
      'publickey-credentials-create=(self), publickey-credentials-get=(self)',
    ].join(', '),
  },
]
