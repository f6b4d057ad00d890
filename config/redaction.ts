/**
 * The one list of what may never stand in a log. Two nets: fields are hidden by their name, and texts lose what looks like
 * a contact or a credential. A person's name can't be recognised in a text: it must never be put into one.
 */

const REDACTED = '[redacted]';

/** Hidden whatever they hold. Compared without case, `_` and `-`, so that `api_key`, `apiKey` and `Api-Key` are one. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(
  `code accesscode pin pincode secret token authorization cookie setcookie apikey privatekey encryptionkey password passphrase credentials
  instantkey instantkeyurl instantkeycode cardnumber smtpurl xtwiliosignature svixsignature
  email emailaddress phone phonenumber name fullname firstname lastname guestname displayname address recipient to from replyto
  subject body html calendar`.split(/\s+/),
);
const SECRET_ENDING = /(secret|token|password|apikey)s?$/;

/** Names of ours and numbers of the machine, in which a run of digits is no code. Contacts and key links are taken out of them too. */
const DIGITS_ALLOWED: ReadonlySet<string> = new Set(
  `time level msgid key reservationkey reservationid workflowid runid firstexecutionrunid activityid activitytype workflowtype taskqueue namespace
  grantkey accessgrantid accessmethodid accessgrantids doorid unitid roomid propertyid eventid messageid sid providerid reqid requestid
  useridentityid idempotencykey deployment source version host hostname port buildid identity attempt errorcode arrival departure startsat endsat at`.split(
    /\s+/,
  ),
);

const plainName = (field: string): string => field.toLowerCase().replace(/[_-]/g, '');

/** What is taken out of every text, in this order. */
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [
    /("(?:[a-z]+_)*(?:name|code|pin|secret|token|email|phone|email_address|phone_number|card_number|url)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi,
    `$1"${REDACTED}"`,
  ],
  [/\bhttps?:\/\/(?:ik|[\w.-]*\.ik)\.seam\.co\/[^\s"'<>)\]]+/gi, '[key link]'],
  [/\bik\.seam\.co\/[^\s"'<>)\]]+/gi, '[key link]'],
  [/\/pass\/[^\s/?#"'<>)]+/g, `/pass/${REDACTED}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/\bwhsec_[\w+/=-]+/g, REDACTED],
  [/\bseam_(?=\w*[A-Z\d])\w{8,}/g, REDACTED],
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@]+@/gi, `$1${REDACTED}@`],
  [/[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]'],
  [/\+\d(?:[ ().\u00a0-]{0,2}\d){6,14}/g, '[phone]'],
];

/**
 * Runs of 4 to 15 digits that stand alone, also grouped as on a keypad (`48 21 93`): codes and national phone numbers. The first
 * alternatives are kept, for they are none: times, UUIDs, ports behind a host, lines of source files.
 */
const DIGITS = new RegExp(
  [
    String.raw`(?<kept>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)`,
    String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`,
    String.raw`(?:\/\/[\w.-]+|\blocalhost|\b\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}\b`,
    String.raw`\.[cm]?[jt]s:\d+(?::\d+)?)`,
    String.raw`(?<![0-9A-Za-z])(?:\d{4,15}|\d{2,4}(?:[ \u00a0]\d{2,4})+)(?![0-9A-Za-z])`,
  ].join('|'),
  'gi',
);

/** For free text, such as the message of an error: everything that may be a contact, a code or a credential is taken out. */
export function redact(text: string): string {
  return contactsRedacted(text).replace(DIGITS, (match, kept: string | undefined) => (kept === undefined ? '[digits]' : match));
}

const contactsRedacted = (text: string): string => CREDENTIALS.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);

/** For a record of a log: JSON in, JSON out. Numbers stay, for a code or phone number is never one: Seam and Twilio send texts. */
export function redactFields(value: unknown, field = ''): unknown {
  const name = plainName(field);
  if (value !== null && (SECRET_FIELDS.has(name) || SECRET_ENDING.test(name))) return REDACTED;
  if (typeof value === 'string') return DIGITS_ALLOWED.has(name) ? contactsRedacted(value) : redact(value);
  if (Array.isArray(value)) return value.map((item) => redactFields(item, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactFields(inner, key)]));
}
