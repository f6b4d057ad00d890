/** French. */
import type { Words } from './words.ts';

export const fr: Words = {
  locale: 'fr-FR',
  greeting: (name) => (name === null ? 'Bonjour,' : `Bonjour ${name},`),
  moment: (date, time) => `${date} à ${time}`,
  unit: (id) => `Chambre ${id}`,
  colon: ' :',
  labels: {
    doors: 'Ouvre',
    doorsNow: 'Ouvre désormais',
    code: 'Code',
    newCode: 'Nouveau code',
    mobileKey: 'Clé mobile',
    newMobileKey: 'Nouvelle clé mobile',
    page: 'Votre page',
    card: 'Carte-clé',
    atDesk: 'à la réception',
    newTimes: 'Nouveaux horaires',
    from: 'Du',
    until: 'Au',
    help: 'Aide',
  },
  changes: {
    moved: ({ to, from }) => `Changement : ${to} au lieu de ${from}.`,
    added: (unit) => `Nouveau : ${unit}.`,
    gone: (unit) => `${unit} : ne fait plus partie de votre séjour.`,
    onlyNew: 'Merci de ne plus utiliser l’accès précédent.',
    askDesk: 'Adressez-vous à la réception : nous vous ouvrirons.',
    deskOpen: ({ from, to }) => `La réception est ouverte de ${from} à ${to}.`,
  },
  mail: {
    readySubject: (place) => `${place} : votre accès est prêt`,
    ready: (place) =>
      `Votre accès à l’établissement ${place} est prêt. Vous trouverez ci-dessous tout ce qu’il faut pour entrer ; gardez ce message à portée de main.`,
    changedSubject: (place) => `${place} : votre accès a changé`,
    changed: (place) =>
      `Votre accès à l’établissement ${place} a changé. Seules les nouveautés figurent ci-dessous ; tout le reste demeure inchangé.`,
    pendingSubject: (place) => `${place} : votre clé n’est pas encore prête`,
    pending: ({ place, starts }) =>
      `Votre accès à l’établissement ${place} commence le ${starts}, mais votre clé n’est pas encore prête. Nous nous en occupons et vous écrirons dès qu’elle le sera.`,
    endedSubject: (place) => `${place} : votre accès se termine plus tôt`,
    ended: ({ place, ends }) =>
      `Votre accès à l’établissement ${place} n’est valable que jusqu’au ${ends}, plus tôt que prévu. Ensuite, votre clé n’ouvre plus les portes.`,
    contactSubject: (place) => `${place} : vos coordonnées ont été modifiées`,
    contact: (place) =>
      `Les coordonnées de votre séjour à l’établissement ${place} ont été modifiées : les messages concernant votre accès n’arriveront plus ici. Si vous n’en êtes pas à l’origine, prévenez-nous aussitôt.`,
    alertSubject: ({ place, reservation }) => `${place} : la réservation ${reservation} demande votre attention`,
    alert: ({ place, reservation }) => `La réservation ${reservation} (${place}) demande l’attention d’une personne.`,
    accessStarts: (starts) => `L’accès commence le ${starts}.`,
    mobileKeyHint: 'Ouvrez la clé sur le téléphone que vous aurez avec vous.',
    pageHint: 'Votre page montre vos clés et ouvre les portes qui peuvent l’être depuis votre téléphone.',
    localTime: 'Toutes les heures sont les heures locales de l’établissement.',
    help: (line) => `Si quelque chose ne fonctionne pas, nous sommes là pour vous : ${line}`,
    callUs: (line) => `Appelez-nous à votre arrivée et nous vous ouvrirons : ${line}`,
    seeDesk: 'Présentez-vous à la réception à votre arrivée et nous vous ouvrirons.',
    closing: 'Bien cordialement',
    stayAt: (place) => `Séjour : ${place}`,
  },
  sms: {
    ready: 'Votre accès :',
    changed: 'Votre accès a changé.',
    pending: (starts) => `Votre accès commence le ${starts}, mais votre clé n’est pas encore prête. Nous nous en occupons.`,
    ended: (ends) => `Votre accès n’est valable que jusqu’au ${ends}, plus tôt que prévu.`,
    contact:
      'Vos coordonnées ont été modifiées : nous n’écrivons plus à ce numéro. Si vous n’en êtes pas à l’origine, prévenez-nous aussitôt.',
    alert: (reservation) => `La réservation ${reservation} demande votre attention.`,
  },
};
