/** Headers of the page's own files, the same under Electron's protocol and loopback. */

/** `connect`: where the page may open connections to besides its own origin (loopback's WebSocket). */
export function pageHeaders(options: { connect: string[] }): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(options.connect),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // The microphone is for voice messages.
    'Permissions-Policy':
      'camera=(), microphone=(self), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), midi=(), payment=()',
    // Nothing of the page is to be found on the disk of a browser.
    'Cache-Control': 'no-store',
  };
}

function contentSecurityPolicy(connect: string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    // blob: is what the page makes itself, for previews of files that are about to be sent.
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
