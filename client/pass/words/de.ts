/** German. */
import type { PassWords } from './words.ts';

export const de: PassWords = {
  title: (place) => (place === null ? 'Ihr Schlüssel' : `Ihr Schlüssel für ${place}`),
  states: {
    opensFrom: ({ from, until }) => `Sie kommen hinein von ${from} bis ${until}.`,
    openUntil: (time) => `Sie kommen jetzt hinein, bis ${time}.`,
    waiting: 'Ihr Schlüssel ist noch nicht bereit. Wir schreiben Ihnen, sobald er es ist.',
    late: 'Ihr Aufenthalt hat begonnen, aber Ihr Schlüssel ist noch nicht bereit. Wir arbeiten daran. Bitte melden Sie sich, wir lassen Sie herein.',
    blocked: 'Ihr Schlüssel ist nicht bereit, und dafür braucht es einen von uns. Bitte melden Sie sich.',
    tentative: 'Ihre Buchung ist noch nicht bestätigt. Danach folgt Ihr Schlüssel.',
    over: 'Ihr Zugang ist beendet. Ihr Schlüssel öffnet die Türen nicht mehr.',
  },
  keys: {
    title: 'Ihre Schlüssel',
    showCode: 'Code anzeigen',
    showMobileKey: 'Mobilen Schlüssel anzeigen',
    showBoth: 'Code und mobilen Schlüssel anzeigen',
    hide: 'Wieder verbergen',
    shown: 'Ihre Schlüssel stehen unten.',
    codeHint: 'Geben Sie ihn auf dem Tastenfeld an der Tür ein.',
    openMobileKey: 'Mobilen Schlüssel öffnen',
    newLinkHint: 'Ist dieser Link abgelaufen oder aufgebraucht, bekommen Sie einen anderen.',
    newLink: 'Neuen Link holen',
    newLinkMade: 'Ihr neuer Link steht unten.',
    newLinkComing:
      'Ihr neuer Link ist unterwegs. Bitte sehen Sie in einer Minute noch einmal nach. Ist dann keiner da, melden Sie sich bei uns.',
    newLinkRefused:
      'Ein neuer Link ist gerade nicht möglich. Bitte warten Sie ein paar Minuten und versuchen Sie es noch einmal, oder melden Sie sich bei uns.',
    cardHint: 'Ihre Schlüsselkarte liegt an der Rezeption für Sie bereit.',
    held: 'Ihr Schlüssel kann jetzt nicht angezeigt werden. Bitte melden Sie sich bei uns.',
    unreadable: 'Ihr Schlüssel war gerade nicht zu lesen. Bitte versuchen Sie es in einer Minute noch einmal, oder melden Sie sich.',
  },
  doors: {
    title: 'Türen',
    open: (door) => `${door} öffnen`,
    openFrom: (time) => `Ab ${time} öffnen Knöpfe auf dieser Seite diese Türen.`,
    requested: (door) =>
      `Angefordert: ${door} soll sich öffnen. Bitte versuchen Sie es jetzt. Bleibt die Tür zu, tippen Sie noch einmal auf den Knopf.`,
    confirmed: (door) => `${door} ist entriegelt.`,
    failed: (door) => `${door} hat sich nicht geöffnet. Bitte tippen Sie noch einmal auf den Knopf.`,
    refused: (door) => `${door} lässt sich von dieser Seite aus gerade nicht öffnen.`,
    busy: 'Einen Moment…',
  },
  help: {
    title: 'Hilfe',
    contact: 'Wir sind für Sie da:',
    doesNotWork: 'Das funktioniert nicht',
    tryTitle: 'Bitte versuchen Sie das',
    tryCode: 'Geben Sie den Code langsam ein, Ziffer für Ziffer. Hat das Tastenfeld eine Taste ✓ oder #, drücken Sie sie am Ende.',
    tryMobileKey:
      'Öffnen Sie den mobilen Schlüssel auf dem Telefon in Ihrer Hand, schalten Sie Bluetooth ein und halten Sie das Telefon nah an das Schloss.',
    tryCard: 'Halten Sie die Karte zwei Sekunden flach an den Leser. An der Rezeption bekommen Sie auch eine andere.',
    tryPage: 'Stellen Sie sich an die Tür, tippen Sie auf dieser Seite auf ihren Knopf und drücken Sie die Tür sofort auf.',
    tryOther: ({ doors, ways }) => `${doors}: Geht es auf einem Weg nicht, versuchen Sie bitte einen anderen: ${ways}.`,
    ways: { code: 'den Code', mobile_key: 'den mobilen Schlüssel', cloud_key: 'den Knopf auf dieser Seite', card: 'die Schlüsselkarte' },
    tellStaff: 'Es geht immer noch nicht: Personal benachrichtigen',
    staffTold: 'Wir haben das Personal benachrichtigt. Falls Sie draußen stehen, melden Sie sich bitte auch direkt.',
    nobodyTold: 'Bitte melden Sie sich direkt bei uns, wir lassen Sie herein.',
  },
  troubles: {
    unknown: 'Dieser Link öffnet nichts. Bitte benutzen Sie den ganzen Link aus unserer letzten Nachricht.',
    replaced: 'Dieser Link wurde durch einen neuen ersetzt. Bitte benutzen Sie den Link aus unserer letzten Nachricht.',
    away: 'Ihr Schlüssel kann gerade nicht angezeigt werden. Bitte versuchen Sie es in einer Minute noch einmal.',
    often: 'Das war zu oft. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    foreign: 'Das kam nicht von Ihrer eigenen Seite. Bitte gehen Sie zurück zu Ihrer Seite und versuchen Sie es dort.',
    unreadable: 'Das war nicht zu verstehen. Bitte gehen Sie zurück zu Ihrer Seite und versuchen Sie es noch einmal.',
    back: 'Zurück zu Ihrem Schlüssel',
  },
};
