/**
 * Everything that a message says, in one language. Sentences are whole, so that each language keeps its own order; names,
 * moments and links come in ready to print. `place` is the property's name, `unit` a label made by `unit()`.
 */
export interface Words {
  /** The region whose dates and times are used when the guest's language names none. */
  readonly locale: string;
  readonly greeting: (name: string | null) => string;
  /** Puts a date and a time of day together. */
  readonly moment: (date: string, time: string) => string;
  readonly unit: (id: string) => string;
  /** As the language sets it after a label. */
  readonly colon: string;
  readonly labels: Labels;
  readonly changes: Changes;
  readonly mail: MailWords;
  readonly sms: SmsWords;
}

/** Each stands before a colon and a value. */
interface Labels {
  readonly doors: string;
  readonly doorsNow: string;
  readonly code: string;
  readonly newCode: string;
  readonly mobileKey: string;
  readonly newMobileKey: string;
  readonly page: string;
  readonly card: string;
  readonly atDesk: string;
  readonly newTimes: string;
  readonly from: string;
  readonly until: string;
  readonly help: string;
}

/** Short sentences that fit both a letter and an SMS. */
interface Changes {
  readonly moved: (room: { readonly to: string; readonly from: string }) => string;
  readonly added: (unit: string) => string;
  readonly gone: (unit: string) => string;
  /** Only the new key counts, whether or not the old one still opens for a moment. */
  readonly onlyNew: string;
  readonly askDesk: string;
  readonly deskOpen: (hours: { readonly from: string; readonly to: string }) => string;
}

/** What a letter says of a property; the opening sentences are long enough to keep what follows out of a mail program's preview. */
interface MailWords {
  readonly readySubject: (place: string) => string;
  readonly ready: (place: string) => string;
  readonly changedSubject: (place: string) => string;
  readonly changed: (place: string) => string;
  readonly pendingSubject: (place: string) => string;
  readonly pending: (about: { readonly place: string; readonly starts: string }) => string;
  readonly endedSubject: (place: string) => string;
  readonly ended: (about: { readonly place: string; readonly ends: string }) => string;
  readonly contactSubject: (place: string) => string;
  readonly contact: (place: string) => string;
  readonly alertSubject: (about: { readonly place: string; readonly reservation: string }) => string;
  readonly alert: (about: { readonly place: string; readonly reservation: string }) => string;
  readonly accessStarts: (starts: string) => string;
  /** What to do with a link that is a key; with the page that opens doors. */
  readonly mobileKeyHint: string;
  readonly pageHint: string;
  readonly localTime: string;
  readonly help: (line: string) => string;
  /** For a guest who stands, or will stand, before a closed door. */
  readonly callUs: (line: string) => string;
  readonly seeDesk: string;
  readonly closing: string;
  /** What the stay is called in the guest's calendar. */
  readonly stayAt: (place: string) => string;
}

/** Short: with an ordinary name, one room with one door and a code fits a single part of 160 letters. */
interface SmsWords {
  readonly ready: string;
  readonly changed: string;
  readonly pending: (starts: string) => string;
  readonly ended: (ends: string) => string;
  readonly contact: string;
  readonly alert: (reservation: string) => string;
}
