/** Spanish. */
import type { Words } from './words.ts';

export const es: Words = {
  locale: 'es-ES',
  greeting: (name) => (name === null ? 'Hola:' : `Hola, ${name}:`),
  moment: (date, time) => `${date}, ${time}`,
  unit: (id) => `Habitación ${id}`,
  colon: ':',
  labels: {
    doors: 'Abre',
    doorsNow: 'Abre ahora',
    code: 'Código',
    newCode: 'Código nuevo',
    mobileKey: 'Llave móvil',
    newMobileKey: 'Llave móvil nueva',
    page: 'Su página',
    card: 'Tarjeta llave',
    atDesk: 'en recepción',
    newTimes: 'Nuevo horario',
    from: 'Desde',
    until: 'Hasta',
    help: 'Ayuda',
  },
  changes: {
    moved: ({ to, from }) => `Cambio: ${to} en lugar de ${from}.`,
    added: (unit) => `Nuevo: ${unit}.`,
    gone: (unit) => `${unit}: ya no forma parte de su estancia.`,
    onlyNew: 'Por favor, no utilice más el acceso anterior.',
    askDesk: 'Pregunte en recepción: le abriremos.',
    deskOpen: ({ from, to }) => `La recepción está abierta de ${from} a ${to}.`,
  },
  mail: {
    readySubject: (place) => `Su acceso a ${place} está listo`,
    ready: (place) =>
      `Su acceso a ${place} está listo. A continuación encontrará todo lo que necesita para entrar; tenga este mensaje a mano.`,
    changedSubject: (place) => `Su acceso a ${place} ha cambiado`,
    changed: (place) =>
      `Su acceso a ${place} ha cambiado. A continuación figura solo lo nuevo; todo lo demás sigue tal como se lo comunicamos.`,
    pendingSubject: (place) => `Su llave para ${place} aún no está lista`,
    pending: ({ place, starts }) =>
      `Su acceso a ${place} empieza el ${starts}, pero su llave aún no está lista. Estamos en ello y le escribiremos en cuanto lo esté.`,
    endedSubject: (place) => `Su acceso a ${place} termina antes`,
    ended: ({ place, ends }) =>
      `Su acceso a ${place} solo es válido hasta el ${ends}, antes de lo que le comunicamos. Después, su llave ya no abre las puertas.`,
    contactSubject: (place) => `Sus datos de contacto para ${place} han cambiado`,
    contact: (place) =>
      `Los datos de contacto de su estancia en ${place} han cambiado: los mensajes sobre su acceso ya no llegarán aquí. Si no lo ha pedido usted, avísenos enseguida.`,
    alertSubject: ({ place, reservation }) => `${place}: la reserva ${reservation} requiere atención`,
    alert: ({ place, reservation }) => `La reserva ${reservation} (${place}) requiere la atención de una persona.`,
    accessStarts: (starts) => `El acceso empieza el ${starts}.`,
    mobileKeyHint: 'Abra la llave en el teléfono que llevará consigo.',
    pageHint: 'Su página muestra sus llaves y abre las puertas que se pueden abrir desde el teléfono.',
    localTime: 'Todas las horas son horas locales del alojamiento.',
    help: (line) => `Si algo no funciona, estamos a su disposición: ${line}`,
    callUs: (line) => `Llámenos al llegar y le abriremos: ${line}`,
    seeDesk: 'Acuda a recepción al llegar y le abriremos.',
    closing: 'Un cordial saludo',
    stayAt: (place) => `Estancia en ${place}`,
  },
  sms: {
    ready: 'Su acceso:',
    changed: 'Su acceso ha cambiado.',
    pending: (starts) => `Su acceso empieza el ${starts}, pero su llave aún no está lista. Estamos en ello.`,
    ended: (ends) => `Su acceso solo es válido hasta el ${ends}, antes de lo comunicado.`,
    contact: 'Sus datos de contacto han cambiado: ya no escribimos a este número. Si no lo ha pedido usted, avísenos enseguida.',
    alert: (reservation) => `La reserva ${reservation} requiere atención.`,
  },
};
