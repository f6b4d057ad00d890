/** German. */
import type { Words } from './words.ts';

export const de: Words = {
  locale: 'de-DE',
  greeting: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
  moment: (date, time) => `${date}, ${time} Uhr`,
  unit: (id) => `Zimmer ${id}`,
  colon: ':',
  labels: {
    doors: 'Öffnet',
    doorsNow: 'Öffnet jetzt',
    code: 'Code',
    newCode: 'Neuer Code',
    mobileKey: 'Mobiler Schlüssel',
    newMobileKey: 'Neuer mobiler Schlüssel',
    page: 'Ihre Seite',
    card: 'Schlüsselkarte',
    atDesk: 'an der Rezeption',
    newTimes: 'Neue Zeiten',
    from: 'Von',
    until: 'Bis',
    help: 'Hilfe',
  },
  changes: {
    moved: ({ to, from }) => `Umzug: ${to} statt ${from}.`,
    added: (unit) => `Neu: ${unit}.`,
    gone: (unit) => `${unit} gehört nicht mehr zu Ihrem Aufenthalt.`,
    onlyNew: 'Bitte benutzen Sie ab jetzt nur noch den neuen.',
    askDesk: 'Bitte fragen Sie an der Rezeption: Wir öffnen Ihnen.',
    deskOpen: ({ from, to }) => `Die Rezeption ist von ${from} bis ${to} besetzt.`,
  },
  mail: {
    readySubject: (place) => `Ihr Zugang zu ${place} ist bereit`,
    ready: (place) =>
      `Ihr Zugang zu ${place} ist bereit. Unten steht alles, was Sie zum Eintreten brauchen. Bitte halten Sie diese Nachricht bei der Hand.`,
    changedSubject: (place) => `Ihr Zugang zu ${place} hat sich geändert`,
    changed: (place) =>
      `Ihr Zugang zu ${place} hat sich geändert. Unten steht nur, was neu ist. Alles andere bleibt so, wie wir es Ihnen mitgeteilt haben.`,
    pendingSubject: (place) => `Ihr Schlüssel für ${place} ist noch nicht bereit`,
    pending: ({ place, starts }) =>
      `Ihr Zugang zu ${place} beginnt am ${starts}, aber Ihr Schlüssel ist noch nicht bereit. Wir arbeiten daran und schreiben Ihnen, sobald es so weit ist.`,
    endedSubject: (place) => `Ihr Zugang zu ${place} endet früher`,
    ended: ({ place, ends }) =>
      `Ihr Zugang zu ${place} gilt nur bis ${ends} und damit kürzer, als wir Ihnen mitgeteilt hatten. Danach öffnet Ihr Schlüssel die Türen nicht mehr.`,
    contactSubject: (place) => `Ihre Kontaktdaten für ${place} wurden geändert`,
    contact: (place) =>
      `Ihre Kontaktdaten zum Aufenthalt bei ${place} wurden geändert. Nachrichten zu Ihrem Zugang kommen deshalb nicht mehr hierher. Falls Sie das nicht veranlasst haben, sagen Sie uns bitte sofort Bescheid.`,
    alertSubject: ({ place, reservation }) => `${place}: Reservierung ${reservation} braucht Sie`,
    alert: ({ place, reservation }) => `Die Reservierung ${reservation} (${place}) braucht einen Menschen, der nach ihr sieht.`,
    accessStarts: (starts) => `Der Zugang beginnt am ${starts}.`,
    mobileKeyHint: 'Bitte öffnen Sie den Schlüssel auf dem Telefon, das Sie bei sich haben werden.',
    pageHint: 'Ihre Seite zeigt Ihre Schlüssel und öffnet die Türen, die sich vom Telefon aus öffnen lassen.',
    localTime: 'Alle Zeiten sind Ortszeiten der Unterkunft.',
    help: (line) => `Falls etwas nicht funktioniert, sind wir für Sie da: ${line}`,
    callUs: (line) => `Bitte rufen Sie uns bei Ihrer Ankunft an, wir lassen Sie herein: ${line}`,
    seeDesk: 'Bitte kommen Sie bei Ihrer Ankunft an die Rezeption, wir lassen Sie herein.',
    closing: 'Mit freundlichen Grüßen',
    stayAt: (place) => `Aufenthalt: ${place}`,
  },
  sms: {
    ready: 'Ihr Zugang:',
    changed: 'Ihr Zugang hat sich geändert.',
    pending: (starts) => `Ihr Zugang beginnt ${starts}, aber Ihr Schlüssel ist noch nicht bereit. Wir arbeiten daran.`,
    ended: (ends) => `Ihr Zugang gilt nur bis ${ends}, kürzer als mitgeteilt.`,
    contact:
      'Ihre Kontaktdaten wurden geändert, an diese Nummer schreiben wir nicht mehr. Falls Sie das nicht veranlasst haben, sagen Sie uns bitte sofort Bescheid.',
    alert: (reservation) => `Reservierung ${reservation} braucht Sie.`,
  },
};
