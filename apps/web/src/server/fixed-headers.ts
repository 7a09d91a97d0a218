/** What every answer carries, files included; policies and TLS are set by what knows the request. */
export const FIXED_HEADERS = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  {
    key: 'permissions-policy',
    value: 'camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()',
  },
]
