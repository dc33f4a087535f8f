export const MAX_UPLOAD_BYTES = 10_000_000
/** Of all frames together. */
export const MAX_PIXELS = 40_000_000
export const MAX_FRAMES = 500
/** Newsletters are 600 px wide; twice that is sharp on every screen. */
export const MAX_WIDTH = 1200
export const CONVERSION_SECONDS = 30
/** From here on a picture is slow to load on a phone. */
export const HEAVY_BYTES = 1_000_000
export const MAX_ALT_LENGTH = 500
