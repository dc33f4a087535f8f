const RIGHT_TO_LEFT =
  /^(ar|arc|ckb|dv|fa|he|iw|ks|nqo|ps|sd|syr|ug|ur|yi)(-|$)|-(Arab|Hebr|Syrc|Thaa|Nkoo)\b/i

/** The direction in which a language, given as a BCP 47 tag such as `ar-EG` or `az-Arab`, is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  if (/-(Latn|Cyrl|Deva)\b/i.test(language)) return 'ltr'
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'
}
