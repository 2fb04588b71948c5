/** The country that numbers without a country code belong to. */

/**
 * ISO 3166 code out of a BCP 47 tag; of a language alone the country where most of its speakers live (Unicode CLDR, likely subtags).
 * Empty when the tag is none: numbers then need their country code.
 */
export function regionOf(locale: string): string {
  try {
    return new Intl.Locale(locale).maximize().region ?? '';
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

/** The system's country; the language of the settings counts only where the system names none. */
export function homeRegion(systemLocale: string, language: string): string {
  const named = /-[A-Za-z]{2}(?:-|$)/u.test(systemLocale);
  return regionOf(named || language === 'system' ? systemLocale : language);
}
