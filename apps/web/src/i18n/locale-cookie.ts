/** Read by the server and by the page that changes it: not secret, so scripts may write it. */
export const LOCALE_COOKIE = 'fb_locale'
