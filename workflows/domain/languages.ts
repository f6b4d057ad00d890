/** The languages that guests are told in. */

/** BCP 47 primary tags; each has words of its own for messages and for the guest's page. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt'] as const;

export type LanguageTag = (typeof LANGUAGES)[number];
